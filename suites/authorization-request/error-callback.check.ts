import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, pass, warn } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { attemptOf, claimsSuccess } from './attempt.ts';

/** Salesforce's guide prints the error code with a hyphen; its servers send the underscore of RFC 6749. */
const PHASES = ['denied', 'denied-hyphen'];

export default defineCheck({
  id: 'AZ-07',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'When the user denies access, the login ends with a message',
  failure: 'A denied authorization is not handled',
  why: 'A callback with `error=access_denied` carries no code. A client that ignores the error requests tokens without a code, or sends the user to the same page again and again.',
  remedy:
    'Check `error` before `code`: `if (query.error) return showMessage(query.error)`; handle `access_denied` as well as `access-denied`.',
  references: ['RFC 6749 §4.1.2.1'],
  scenarios: ['errors'],
  untested: 'Let a login reach a callback that carries `error=access_denied`.',
  judge: (scenario, { run }) => {
    const found = PHASES.map((phase) => judgePhase(scenario, phase, run.driver)).filter((one) => one !== undefined);
    return (
      found.find(({ verdict }) => verdict === 'fail') ?? found.find(({ verdict }) => verdict === 'warn') ?? found[0]
    );
  },
});

function judgePhase(scenario: ScenarioHistory, phase: string, driver: string): Finding | undefined {
  const attempt = attemptOf(scenario, phase);
  if (attempt === undefined) return undefined;
  const { part, callbacks, ending, ended } = attempt;
  const callback = callbacks.find(({ error }) => error !== undefined);
  if (callback?.error === undefined) return undefined;
  const error = `error=${callback.error}`;
  const [request] = part.codeExchanges;
  if (request !== undefined) {
    return fail(`A callback with ${error} led to a token request; none was expected.`, [request.seq, callback.seq]);
  }
  if (ending === 'crashed')
    return fail(`The client crashed after a callback with ${error}; a message to its user was expected.`, [
      ended,
      callback.seq,
    ]);
  const requests = part.authorizations.map(({ seq }) => seq);
  if (requests.length > 2) {
    return fail(
      `After a callback with ${error} the client started over ${howMany(requests.length - 1, 'time')}; it was expected to stop.`,
      requests,
    );
  }
  if (ending === 'unanswered') {
    return fail(`The client never answered after a callback with ${error}; a message to its user was expected.`, [
      ended,
      callback.seq,
    ]);
  }
  if (ending === 'not-awaited') return undefined;
  if (claimsSuccess(attempt, driver)) {
    return fail(`After a callback with ${error} the client reported a successful login; an error was expected.`, [
      ended,
      callback.seq,
    ]);
  }
  return requests.length > 1
    ? warn(`After a callback with ${error} the client immediately sent its user to the login again.`, requests)
    : pass(`A callback with ${error} led to no token request, and the login ended.`, [callback.seq, ended]);
}
