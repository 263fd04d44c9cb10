import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { encounter, silent } from './answered.ts';

const PHASES = ['html-error', 'html-outage', 'empty-body'];

const check: Check = {
  id: 'ERR-07',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'An error without JSON is reported like any other',
  failure: 'An error without JSON brings the client down',
  why: 'Load balancers and maintenance pages answer in HTML or with nothing at all. Parsing that without care crashes the client or hides the cause.',
  remedy:
    'Look at the status first, and parse within a guard: `const body = await response.json().catch(() => ({}))`. Report the status when the body says nothing.',
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
      `HTML and empty answers to ${String(met.length)} refreshes were reported as errors.`,
      met.flatMap(({ ended, refused }) => [refused.seq, ended]),
    );
  },
};
export default check;
