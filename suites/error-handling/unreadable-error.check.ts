import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { encounter, silent } from './answered.ts';

const PHASES = ['html-error', 'html-outage', 'empty-body'];

export default defineCheck({
  id: 'ERR-07',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'An error response without JSON is reported like any other error',
  failure: 'An error response without JSON crashes the client or is not reported',
  why: 'Load balancers and maintenance pages answer with HTML or an empty body. Parsing that as JSON crashes the client or hides the cause.',
  remedy:
    'Check the status first, and catch parse errors: `const body = await response.json().catch(() => ({}))`. Report the status when the body has no error code.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['error-answers'],
  untested: 'Let the token endpoint answer a refresh of the client with HTML and with an empty body.',
  relies: ['refresh-after-401', 'refreshes-after-failure', 'login-recovers'],
  judge: (scenario) => {
    const met = PHASES.flatMap((phase) => encounter(scenario, phase) ?? []);
    if (met.length === 0) return undefined;
    for (const one of met) {
      const wrong = silent(one);
      if (wrong !== undefined) return fail(wrong, [one.ended, one.refused.seq]);
    }
    return pass(
      `HTML or an empty body in answer to ${howMany(met.length, 'refresh', 'refreshes')} was reported as an error.`,
      met.flatMap(({ ended, refused }) => [refused.seq, ended]),
    );
  },
});
