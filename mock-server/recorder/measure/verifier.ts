/** Measures a code_verifier (RFC 7636 §4.1, §7.1). */
import type { VerifierFacts } from '../../../src/history/facts.ts';
import type { Secret } from '../../../src/history/label.ts';
import { challengeVariant } from './challenge-variant.ts';
import { exposedIn } from './exposure.ts';
import type { Login, SeenVerifier } from '../correlation.ts';
import { entropyPerCharacter } from '../redaction/token-shape.ts';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const TEN_MINUTES_MS = 600_000;

const common = (a: string, b: string, at: (text: string, index: number) => string): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && at(a, length) === at(b, length)) length += 1;
  return length;
};

/** Contains the current time in seconds or milliseconds, in decimal or hexadecimal digits. */
export function timeLike(verifier: string, nowMs: number): boolean {
  const near = (value: number, unitMs: number): boolean => Math.abs(value * unitMs - nowMs) <= TEN_MINUTES_MS;
  const windows = (pattern: RegExp, length: number): readonly string[] =>
    [...verifier.matchAll(pattern)].flatMap(([run]) =>
      Array.from({ length: Math.max(0, run.length - length + 1) }, (_, at) => run.slice(at, at + length)),
    );
  return (
    windows(/\d{10,}/g, 10).some((text) => near(Number(text), 1000)) ||
    windows(/\d{13,}/g, 13).some((text) => near(Number(text), 1)) ||
    // Eight hexadecimal digits occur in random text by chance, so they count at its ends only.
    [verifier.slice(0, 8), verifier.slice(-8)].some(
      (text) => /^[0-9a-f]{8}$/i.test(text) && near(parseInt(text, 16), 1000),
    ) ||
    windows(/[0-9a-f]{11,}/gi, 11).some((text) => near(parseInt(text, 16), 1))
  );
}

/** Returns whether two verifiers differ only by a number that increased by 1 to 1,000. */
export function counterLike(earlier: string, later: string): boolean {
  const from = common(earlier, later, (text, index) => text.charAt(index));
  const rest = [earlier.slice(from), later.slice(from)];
  const back = common(rest[0] ?? '', rest[1] ?? '', (text, index) => text.charAt(text.length - 1 - index));
  // Equal digits next to the difference belong to the numbers: the difference is widened over them.
  const number = (text: string): string => {
    const left = /\d*$/.exec(text.slice(0, from))?.[0] ?? '';
    const right = /^\d*/.exec(text.slice(text.length - back))?.[0] ?? '';
    return left + text.slice(from, text.length - back) + right;
  };
  const [a, b] = [number(earlier), number(later)];
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return false;
  const step = BigInt(b) - BigInt(a);
  return step >= 1n && step <= 1000n;
}

/** What a verifier is compared with. */
export interface VerifierContext {
  readonly secret: Secret;
  /** Login of the sent code; null when the mock did not issue it. */
  readonly login: Login | null;
  /** Raw code of this request. */
  readonly code: string | null;
  /** Event numbers of the authorization requests whose challenge is the S256 of the verifier. */
  readonly matches: readonly number[];
  /** Those authorization requests. */
  readonly logins: readonly Login[];
  /** Earlier verifiers of the run. */
  readonly earlier: readonly SeenVerifier[];
  /** Challenges of the run's other logins. */
  readonly otherChallenges: readonly string[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** The same by a clock that was not changed since the run began. */
  readonly steadyMs?: number;
}

/** Measures a code verifier. Pure. */
export function measureVerifier(verifier: string, context: VerifierContext): VerifierFacts {
  const { login, code, earlier, matches } = context;
  const challenge = login?.challenge ?? null;
  const different = earlier.filter((one) => one.verifier !== verifier);
  const same = earlier.find(
    (one) => one.verifier === verifier && code !== null && one.code !== null && one.code !== code,
  );
  const illegal = [...new Set(verifier.replace(/[A-Za-z0-9\-._~]/g, ''))].slice(0, 8).join('');
  const prefixes = different.map((one) => common(one.verifier, verifier, (text, index) => text.charAt(index)));
  const suffixes = different.map((one) =>
    common(one.verifier, verifier, (text, index) => text.charAt(text.length - 1 - index)),
  );
  const variant =
    challenge === null ? undefined : challengeVariant(verifier, challenge, context.otherChallenges, login?.method);
  const parameters = [...new Set([...(login ? [login] : []), ...context.logins])].flatMap((one) => one.parameters);
  return {
    ...context.secret,
    unreserved: illegal === '' && verifier !== '',
    illegal,
    tilde: verifier.includes('~'),
    alphabet: new Set(verifier).size,
    entropyBits: Math.round(verifier.length * entropyPerCharacter(verifier) * 10) / 10,
    uuid: UUID.test(verifier),
    // The verifier may have been created before the machine's clock was changed.
    timeLike: [context.nowMs, context.steadyMs ?? context.nowMs].some((at) => timeLike(verifier, at)),
    counterLike: different.some((one) => counterLike(one.verifier, verifier)),
    commonPrefix: Math.max(0, ...prefixes),
    commonSuffix: Math.max(0, ...suffixes),
    ...(same ? { seenBefore: same.seq } : {}),
    matches: [...matches],
    ...(variant ? { variant } : {}),
    equalsChallenge: challenge !== null && verifier === challenge,
    exposedIn: exposedIn(verifier, parameters),
  };
}
