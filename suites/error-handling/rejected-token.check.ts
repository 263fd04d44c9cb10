import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { deadSessions } from '../rtr/refreshes.ts';
import { aftermath, died, hung } from './aftermath.ts';

const check: Check = {
  id: 'ERR-01',
  suite: 'error-handling',
  level: 'MUST',
  title: 'A rejected refresh token is dropped, and the user is asked to connect again',
  failure: 'A rejected refresh token is not handled',
  why: 'A rejected refresh token never works again. Trying on hides the fault from the user, and may be the only sign that the token was stolen.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" stop using the token, mark the connection as broken, and ask the user to connect again.',
  references: ['RFC 6749 §5.2', 'RFC 9700 §4.14.2'],
  scenarios: ['rejected'],
  untested: 'Let the client refresh with a token that the server rejects.',
  blockers: ['RTR-01'],
  judge: (scenario) => {
    if (!scenario.reached('rejected')) return undefined;
    const after = scenario.since('rejected').before('recovery');
    const crash = died(after);
    if (crash.length > 0)
      return fail('The client died when its refresh token was rejected; a clear error was expected.', crash);
    const stuck = hung(after);
    const { refused, again, surfaced, denied } = aftermath(after);
    if (stuck.length > 0 && refused !== undefined) {
      return fail('The client never answered after its refresh token was rejected; a clear error was expected.', [
        ...stuck,
        refused.seq,
      ]);
    }
    if (refused === undefined) {
      if (surfaced.length > 0 || deadSessions(after).length === 0) return undefined;
      return undefined;
    }
    if (again.length > 1) {
      return fail(
        `The rejected ${refused.facts.refreshToken?.label ?? 'token'} was presented ${String(again.length)} more times; at most one further attempt was expected.`,
        [refused.seq, ...again.map(({ seq }) => seq)],
      );
    }
    if (surfaced.length === 0) {
      return fail(
        'The refresh token was rejected, and the client neither reported an error nor started a new authorization.',
        [refused.seq, ...denied],
      );
    }
    return pass('The client stopped using the rejected token and made known that its user has to connect again.', [
      refused.seq,
      ...surfaced,
    ]);
  },
};
export default check;
