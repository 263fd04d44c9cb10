import type { ChallengeFacts } from '../../src/history/facts.ts';
import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf, howMany } from '../counted.ts';
import { challenged } from './challenges.ts';

export default defineCheck({
  id: 'PKCE-03',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_challenge is 43 characters of base64url without padding',
  failure: 'The code_challenge does not have the shape of an S256 challenge',
  why: 'A SHA-256 in base64url always has 43 characters of A–Z, a–z, 0–9, "-" and "_". The server cannot match anything else with the verifier.',
  remedy:
    'Encode the 32 bytes of the digest with base64url and strip the "=": in Node `createHash("sha256").update(verifier).digest("base64url")`, in Python `urlsafe_b64encode(sha256(v).digest()).rstrip(b"=")`.',
  references: ['RFC 7636 §4.2'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login whose authorization request carries a code_challenge.',
  shows: ['challenge-well-formed'],
  relies: ['challenge-sent'],
  judge: ({ authorizations }) => {
    const requests = challenged(authorizations);
    if (requests.length === 0) return undefined;
    const wrong = requests.find(({ challenge }) => !challenge.wellFormed);
    if (wrong !== undefined) {
      const { challenge } = wrong;
      return fail(
        `The code_challenge had ${howMany(challenge.length, 'character')}${seen(challenge)}; 43 characters of base64url were expected.`,
        [wrong.seq],
        { diagnosis: diagnosis(challenge) },
      );
    }
    return pass(
      `${eachOf(requests.length, 'code_challenge')} had 43 characters of base64url.`,
      requests.map(({ seq }) => seq),
    );
  },
});

function seen(challenge: ChallengeFacts): string {
  if (challenge.hex) return ', all of them hexadecimal digits';
  const odd = [challenge.padded ? '"="' : '', challenge.standardBase64 ? '"+" or "/"' : ''].filter((one) => one !== '');
  return odd.length === 0 ? '' : `, among them ${odd.join(' and ')}`;
}

function diagnosis(challenge: ChallengeFacts): string {
  if (challenge.hex) return 'It is a digest in hexadecimal digits; it has to be the base64url of the raw digest.';
  if (challenge.padded && challenge.standardBase64)
    return 'It is standard base64 with padding; it has to be base64url without padding.';
  if (challenge.padded) return 'The padding "=" was kept.';
  if (challenge.standardBase64) return 'It is standard base64 ("+", "/"); it has to be base64url ("-", "_").';
  return 'It is not the base64url of a SHA-256.';
}
