import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'HYG-07',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'Tokens are sent over TLS only, and only to a server whose certificate is good',
  failure: 'Tokens are sent without TLS, or to a server whose certificate is not good',
  why: 'Without a certificate that is checked everybody on the way reads the tokens.',
  remedy:
    'Leave certificate checks on (no `verify=False`, no `NODE_TLS_REJECT_UNAUTHORIZED=0`, no trust-all manager), and refuse http URLs for the login host and `instance_url`.',
  references: ['RFC 6749 §1.6', 'RFC 9325 §3'],
  scenarios: ['bad-certificate', 'plain-http'],
  untested:
    'This version of the mock has no port with a bad certificate: look in the code of the client whether certificate checks are left on.',
  judge: (scenario) => {
    const phase = scenario.id === 'plain-http' ? 'downgraded' : 'untrusted';
    if (!scenario.reached(phase)) return undefined;
    const after = scenario.since(phase);
    const [sent] = after.exchanges.filter(
      ({ facts }) =>
        (facts.kind === 'token' && (facts.refreshToken !== null || facts.code !== null)) ||
        (facts.kind === 'resource' && facts.accessToken !== null),
    );
    const asked = after.verbs.filter(({ end }) => end !== undefined);
    if (sent !== undefined) {
      return fail(
        scenario.id === 'plain-http'
          ? 'A token was sent without TLS; the client was expected to refuse.'
          : 'A token was sent to a server whose certificate is not good; the client was expected to refuse.',
        [sent.seq],
      );
    }
    return asked.length === 0
      ? undefined
      : pass(
          'The client sent nothing to a server that it cannot trust.',
          asked.flatMap(({ end }) => (end === undefined ? [] : [end.seq])),
        );
  },
};
export default check;
