import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { verifierUses } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-11',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_verifier cannot be read from the front channel',
  failure: 'The authorization request exposed the code_verifier',
  why: 'The authorization URL ends up in browser history, logs and Referer headers. Anyone who sees the URL then knows the verifier.',
  remedy: 'Generate the state, the nonce and the verifier independently; keep the verifier on the client.',
  references: ['RFC 7636 §1', 'RFC 9700 §2.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const exposed = uses
      .map((use) => ({ ...use, places: use.verifier.exposedIn.filter((place) => !place.startsWith('code_challenge')) }))
      .find(({ places }) => places.length > 0);
    if (exposed !== undefined) {
      return fail(
        `The authorization request contained the code_verifier, in ${exposed.places.join(', ')}; it must stay on the client.`,
        exposed.login === null ? [exposed.seq] : [exposed.seq, exposed.login],
      );
    }
    return pass(
      `No authorization request contained a code_verifier, plain or encoded (${howMany(uses.length, 'code_verifier')} compared).`,
      uses.map(({ seq }) => seq),
    );
  },
});
