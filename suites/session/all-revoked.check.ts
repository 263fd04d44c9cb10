import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { EventOf, ActionName } from '../../src/history/event.ts';
import { givenUp } from '../error-handling/given-up.ts';

const check: Check = {
  id: 'SES-05',
  suite: 'session',
  level: 'INFO',
  title: 'When a password reset or new app keys end all tokens, one new login mends it',
  failure: 'When all tokens end at once, a new login does not mend it',
  why: 'Resetting a password or rotating the keys of the app ends every token of it at once. One login per user has to be enough.',
  remedy: 'Drop all tokens of the user on `invalid_grant`, ask once, and begin anew with what the login gives.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['grant-revoked'],
  untested: 'Let the client call the API after all tokens of its app have been revoked, then connect it again.',
  blockers: ['RTR-01', 'ERR-01', 'ERR-04'],
  judge: (scenario) => {
    const given = givenUp(scenario.since('key-rotation').before('reconnect-after-keys'), 'all its tokens were revoked');
    if (given?.verdict !== 'pass') return given;
    const { verbs } = scenario.since('reconnect-after-keys');
    const ends = (name: ActionName): readonly EventOf<'verb-end'>[] =>
      verbs.flatMap(({ begin, end }) => (begin.name === name && end !== undefined ? [end] : []));
    const [login] = ends('authorize');
    if (login === undefined) return undefined;
    const bad = ends('call').find(({ result }) => result !== 'ok');
    return login.result === 'ok' && bad === undefined
      ? pass('All tokens ended at once, the client said so, and one login mended it.', [login.seq, ...given.evidence])
      : fail('All tokens ended at once, and after one login the client still failed.', [(bad ?? login).seq, login.seq]);
  },
};
export default check;
