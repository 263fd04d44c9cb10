import type { VerifierFacts } from '../../src/history/facts.ts';
import { defineCheck, fail, pass, warn } from '../../src/grade/finding.ts';
import { eachOf, howMany } from '../counted.ts';
import { verifiersOfLogins } from './verifiers.ts';

/** Bits below which a verifier is guessable, and below which the check adds a note (Shannon's estimate over the verifier's own
 * characters). */
const GUESSABLE = 100;
const COMFORTABLE = 180;
/** The estimate for one verifier is up to this many bits too low, never too high: 192 random bits are estimated at 170 to 190. So the
 * check uses the client's best verifier, unless another one is lower by more than this. */
const CHANCE = 30;
/** Text with this few different characters or fewer is not random. */
const SMALL_ALPHABET = 8;

export default defineCheck({
  id: 'PKCE-10',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_verifier has high entropy',
  failure: 'The code_verifier is predictable',
  why: 'An attacker who can guess the verifier can redeem an intercepted code. RFC 7636 recommends 256 bits from a secure random source.',
  remedy:
    "Take 32 bytes from the platform's secure random source (`crypto.randomBytes`, `secrets.token_urlsafe(32)`, `SecureRandom`), never a counter, a clock or Math.random.",
  references: ['RFC 7636 §7.1'],
  scenarios: ['logins', 'login'],
  untested: 'Let several logins reach token requests with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifiersOfLogins(scenario);
    if (uses.length === 0) return undefined;
    const predictable = uses
      .map((use) => ({ ...use, why: predictability(use.verifier) }))
      .find(({ why }) => why !== undefined);
    if (predictable?.why !== undefined) {
      return fail(`A code_verifier is predictable: ${predictable.why}.`, [predictable.seq]);
    }
    const long = uses.filter(({ verifier }) => verifier.length >= 43).map(({ verifier }) => verifier.entropyBits);
    const enough = Math.max(0, ...long) < COMFORTABLE ? COMFORTABLE : COMFORTABLE - CHANCE;
    const weak = uses.find(({ verifier }) => verifier.uuid || (verifier.length >= 43 && verifier.entropyBits < enough));
    if (weak !== undefined) {
      return warn(
        weak.verifier.uuid
          ? 'The code_verifier is a single UUID: 122 random bits; 256 are recommended.'
          : `A code_verifier has about ${String(Math.round(weak.verifier.entropyBits))} bits of entropy by estimate; 256 random bits show as ${String(COMFORTABLE)} or more.`,
        [weak.seq],
      );
    }
    const least = Math.min(...uses.map(({ verifier }) => verifier.entropyBits));
    return pass(
      `${eachOf(uses.length, 'code_verifier')} had at least ${String(Math.floor(least))} bits of entropy by estimate, and none follows from another.`,
      uses.map(({ seq }) => seq),
    );
  },
});

/** Returns why a verifier is predictable; undefined when it is not. PKCE-09 judges repeated verifiers, PKCE-05 their length. */
function predictability(verifier: VerifierFacts): string | undefined {
  const perCharacter = verifier.entropyBits / verifier.length;
  const bits = String(Math.round(verifier.entropyBits));
  if (verifier.counterLike) return 'it is an earlier one with a number increased';
  if (verifier.alphabet <= SMALL_ALPHABET) return `it consists of ${howMany(verifier.alphabet, 'different character')}`;
  // 13 digits are the clock; the other characters alone must carry the entropy.
  if (verifier.timeLike && (verifier.length - 13) * perCharacter < GUESSABLE) return 'it is derived from the clock';
  const shared = verifier.commonPrefix + verifier.commonSuffix;
  const left = Math.max(0, verifier.length - shared) * perCharacter;
  if (verifier.seenBefore === undefined && shared >= 8 && left < GUESSABLE) {
    return `${String(shared)} of its ${String(verifier.length)} characters are the same as in an earlier one`;
  }
  return atFullLength(verifier) < GUESSABLE ? `it has about ${bits} bits of entropy` : undefined;
}

/** Scales the entropy of a short verifier to 43 characters, because PKCE-05 judges its length. */
function atFullLength({ entropyBits, length }: VerifierFacts): number {
  return length < 43 ? (entropyBits / length) * 43 : entropyBits;
}
