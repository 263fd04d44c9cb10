import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { wentWrong } from '../../src/history/calls.ts';
import { endsOf } from '../calls.ts';
import { givenUp } from '../error-handling/given-up.ts';

const check: Check = {
  id: 'SES-05',
  suite: 'session',
  level: 'INFO',
  title: 'When a password reset or new app keys end all tokens, one new login fixes it',
  failure: 'When all tokens end at once, a new login does not fix it',
  why: 'Resetting a password or rotating the keys of the app ends every token of it at once. One login per user has to be enough.',
  remedy:
    'On `invalid_grant` "expired access/refresh token" drop all tokens of the user, ask once, and begin anew with what the login gives.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['grant-revoked'],
  untested: 'Let the client call the API after all tokens of its app have been revoked, then connect it again.',
  relies: ['refresh-after-401', 'rejection-handled', 'login-recovers', 'chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const given = givenUp(scenario.since('key-rotation').before('reconnect-after-keys'), 'all its tokens were revoked');
    if (given?.verdict !== 'pass') return given;
    const { verbs } = scenario.since('reconnect-after-keys');
    const login = verbs.find(({ begin }) => begin.name === 'authorize')?.end;
    if (login === undefined) return undefined;
    const calls = verbs.filter(({ begin }) => begin.name === 'call');
    const bad = calls.filter((call) => wentWrong(scenario, call));
    if (login.result !== 'ok' || bad.length > 0) {
      return fail('All tokens ended at once, and after one login the client still failed.', [
        ...endsOf(bad),
        login.seq,
      ]);
    }
    return pass('All tokens ended at once, the client reported it, and one login was enough.', [
      login.seq,
      ...given.evidence,
    ]);
  },
};
export default check;
