/** Measures a code_verifier (RFC 7636 §4.1, §7.1). */
import type { VerifierFacts } from '../../../src/history/facts.ts';
import type { Secret } from '../../../src/history/label.ts';
import { challengeVariant } from './challenge-variant.ts';
import { exposedIn } from './exposure.ts';
import type { Login, SeenVerifier } from '../correlation.ts';
import { entropyPerCharacter } from '../redaction/token-shape.ts';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const TEN_MINUTES_MS = 600_000;

/** Length of the beginning that two texts share. */
function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** Length of the end that two texts share, at most `most`. */
function commonSuffix(a: string, b: string, most = Math.min(a.length, b.length)): number {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

function hasOnlyDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

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
  const from = commonPrefix(earlier, later);
  const back = commonSuffix(earlier, later, Math.min(earlier.length, later.length) - from);
  // A run has thousands of verifiers: nearly all pairs end here.
  if (!hasOnlyDigits(earlier, from, earlier.length - back) || !hasOnlyDigits(later, from, later.length - back))
    return false;
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
  readonly earlier: Iterable<SeenVerifier>;
  /** Returns the challenges of the run's other logins. */
  readonly otherChallenges: () => readonly string[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** The same by a clock that was not changed since the run began. */
  readonly steadyMs?: number;
}

/** Compares a verifier with the earlier ones, of which a run has thousands: in one pass. `same` is the first that another code came with. */
function compareWith(earlier: Iterable<SeenVerifier>, verifier: string, code: string | null) {
  const found = { same: undefined as SeenVerifier | undefined, counterLike: false, commonPrefix: 0, commonSuffix: 0 };
  for (const one of earlier) {
    if (one.verifier === verifier) {
      if (code !== null && one.code !== null && one.code !== code) found.same ??= one;
      continue;
    }
    found.commonPrefix = Math.max(found.commonPrefix, commonPrefix(one.verifier, verifier));
    found.commonSuffix = Math.max(found.commonSuffix, commonSuffix(one.verifier, verifier));
    found.counterLike ||= counterLike(one.verifier, verifier);
  }
  return found;
}

/** Measures a code verifier. Pure. */
export function measureVerifier(verifier: string, context: VerifierContext): VerifierFacts {
  const { login, code, matches } = context;
  const challenge = login?.challenge ?? null;
  const { same, ...likeness } = compareWith(context.earlier, verifier, code);
  const illegal = [...new Set(verifier.replace(/[A-Za-z0-9\-._~]/g, ''))].slice(0, 8).join('');
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
    ...likeness,
    ...(same ? { seenBefore: same.seq } : {}),
    matches: [...matches],
    ...(variant ? { variant } : {}),
    equalsChallenge: challenge !== null && verifier === challenge,
    exposedIn: exposedIn(verifier, parameters),
  };
}
