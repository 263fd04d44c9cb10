import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { verifierUses } from './verifiers.ts';

const check: Check = {
  id: 'PKCE-11',
  suite: 'pkce',
  level: 'SHOULD',
  title: 'The code_verifier cannot be read from the front channel',
  failure: 'The code_verifier stood in the authorization request',
  why: 'The authorization URL lands in browser history, logs and Referer headers. A verifier that is also the state is known to whoever sees the URL.',
  remedy: 'Draw the state, the nonce and the verifier independently; keep the verifier on the client.',
  references: ['RFC 7636 §1', 'RFC 9700 §2.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const exposed = uses
      .map((use) => ({ ...use, places: use.verifier.exposedIn.filter((place) => !place.startsWith('code_challenge')) }))
      .find(({ places }) => places.length > 0);
    if (exposed !== undefined) {
      return fail(
        `The code_verifier stood in the authorization request, in ${exposed.places.join(', ')}; it must stay on the client.`,
        exposed.login === null ? [exposed.seq] : [exposed.seq, exposed.login],
      );
    }
    return pass(
      `None of ${String(uses.length)} verifiers stood in an authorization request, as it is or decoded.`,
      uses.map(({ seq }) => seq),
    );
  },
};
export default check;
