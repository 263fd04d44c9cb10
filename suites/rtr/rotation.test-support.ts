/** Refreshes and calls by hand, for the tests of this suite. */
import type { Check, Finding } from '../../src/grade/check.ts';
import type { AppDescription } from '../../src/history/event.ts';
import type { SentRefreshToken, TokenFacts } from '../../src/history/facts.ts';
import { createTape, secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';

/** `RT#<n>`, the token of generation n - 1, as a request sends it; the newest unless said otherwise. */
export const token = (n: number, facts: Partial<SentRefreshToken> = {}): SentRefreshToken => ({
  ...secret(`RT#${String(n)}`),
  family: 'F#1',
  generation: n - 1,
  head: true,
  ...facts,
});

/** A refresh token that has been rotated away. */
export const old = (n: number): SentRefreshToken => token(n, { head: false });

/** A refresh that sends `refreshToken`, answered with status 200 unless said otherwise. Two events. */
export const refresh = (
  tape: Tape,
  refreshToken: SentRefreshToken | null,
  parts: ExchangeParts = {},
  facts: Partial<TokenFacts> = {},
): number => tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken, ...facts }, parts);

/** An answer that refuses a refresh. */
export const refused = { response: { status: 400, error: 'invalid_grant' } } as const;

/** An answer that gives `RT#<n>` and `AT#<n>`. */
export const giving = (n: number, length?: number): ExchangeParts => ({
  response: {
    issued: {
      accessToken: secret(`AT#${String(n)}`),
      refreshToken: secret(`RT#${String(n)}`, length),
      family: 'F#1',
      generation: n - 1,
    },
  },
});

/** An API request that carries `AT#<n>`: two events. */
export const use = (tape: Tape, n: number, status = 200, parts: ExchangeParts = {}): number =>
  tape.resource(
    {
      accessToken: {
        ...secret(`AT#${String(n)}`),
        family: 'F#1',
        generation: n - 1,
        newest: status === 200,
        alive: status === 200,
      },
    },
    { response: { status }, ...parts },
  );

/** What `check` says of what is written after `scenario` has begun (event 1). */
export function judge(
  check: Check,
  write: (tape: Tape) => void,
  app: Partial<AppDescription> = {},
): Finding | undefined {
  const tape = createTape(check.scenarios[0] ?? '');
  write(tape);
  return check.judge(tape.history(), runFacts(app));
}
