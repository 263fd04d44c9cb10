import { describe, expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import logoutRevokes from './logout-revokes.check.ts';
import nothingAfter from './nothing-after-logout.check.ts';
import refused from './revocation-refused.check.ts';
import { loggedOut, revoke, token, use } from './tokens.test-support.ts';

const accessToken = { ...secret('AT#2'), family: 'F#1', generation: 1, newest: true, alive: true };
const newest = token('RT#2', 1, true);

describe('SES-01', () => {
  const judge = (write: (tape: Tape) => void) => {
    const tape = createTape('logout');
    tape.phase('logout');
    write(tape);
    return logoutRevokes.judge(tape.history(), runFacts());
  };
  const disconnect = (tape: Tape): void => {
    tape.action('disconnect')();
  };

  test('the newest token may go after an access token, and a moment after the logout has been answered', () => {
    const late = (tape: Tape): void => {
      disconnect(tape);
      revoke(tape, { accessToken });
      tape.phase('logged-out');
      revoke(tape, { refreshToken: newest });
    };
    expect(judge(late)).toMatchObject({ verdict: 'pass', evidence: [8] });
  });

  test.each([
    ['an access token only', { accessToken }],
    ['a token that was never issued', { refreshToken: token('RT#9', -1, false, null) }],
    ['a token that was never issued', {}],
    ['RT#1, an older refresh token', { refreshToken: token('RT#1', 0, false) }],
  ])('a client that revokes %s fails, and the message says so', (what, facts) => {
    const sent = judge((tape) => {
      disconnect(tape);
      revoke(tape, facts);
    });
    expect(sent).toMatchObject({ verdict: 'fail', message: expect.stringContaining(what) as string, evidence: [5, 4] });
  });

  test('a client that knows no logout, or never answers, is not exercised, whatever else it was asked', () => {
    expect(judge((tape) => tape.action('disconnect')({ result: 'unsupported' }))).toBeUndefined();
    expect(judge((tape) => tape.action('disconnect'))).toBeUndefined();
    expect(judge((tape) => tape.action('call')())).toBeUndefined();
    expect(
      judge((tape) => [tape.action('status')(), tape.action('disconnect')({ result: 'unsupported' })]),
    ).toBeUndefined();
  });
});

describe('SES-03', () => {
  const after = (write: (tape: Tape) => void) => {
    const tape = createTape('logout');
    tape.phase('logged-out');
    write(tape);
    return nothingAfter.judge(tape.history(), runFacts());
  };
  const sends = (tape: Tape, label: string | null): number =>
    tape.token({
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: label === null ? null : token(label, 1, true),
    });

  test.each<[string, (tape: Tape) => void]>([
    ['refreshes', (tape) => sends(tape, 'RT#2')],
    ['calls the API', (tape) => use(tape, 'F#1')],
    ['says that it is connected', (tape) => tape.action('status')({ connected: true })],
    ['answers a call as if it were', (tape) => tape.action('call')()],
  ])('a client that %s after the logout has not logged out', (_, write) => {
    expect(
      nothingAfter.judge(
        loggedOut(() => undefined, write),
        runFacts(),
      )?.verdict,
    ).toBe('fail');
  });

  test.each<[string, (tape: Tape) => void]>([
    ['sends an API request without a token', (tape) => tape.resource({ accessToken: null })],
    ['sends a refresh without a token', (tape) => sends(tape, null)],
    ['revokes once more', (tape) => revoke(tape, { refreshToken: newest })],
    ['says that it is not connected', (tape) => tape.action('status')({ connected: false })],
    ['answers that it has no status', (tape) => tape.action('status')()],
    ['is asked something and never answers', (tape) => tape.action('status')],
  ])('one that %s has', (_, write) => {
    expect(
      nothingAfter.judge(
        loggedOut(() => undefined, write),
        runFacts(),
      )?.verdict,
    ).toBe('pass');
  });

  test('without a call that was answered it is not exercised', () => {
    expect(after((tape) => tape.action('call'))).toBeUndefined();
    expect(after((tape) => tape.action('status')({ connected: false }))).toBeUndefined();
  });
});

describe('SES-02', () => {
  const judge = (answer: (tape: Tape) => void, reached = true) => {
    const tape = createTape('logout');
    tape.phase('refused-logout');
    answer(tape);
    if (reached) tape.phase('refused-logged-out');
    return refused.judge(tape.history(), runFacts())?.verdict;
  };
  const asRefused = (tape: Tape): number => revoke(tape, { refreshToken: newest }, 'invalid-token');
  /** A revocation that is never answered. */
  const unanswered = (tape: Tape): number =>
    tape.resource(
      {},
      {
        request: {
          endpoint: 'revoke',
          facts: { kind: 'revoke', refreshToken: newest, accessToken: null, tokenIn: 'body' },
        },
        response: null,
      },
    );

  test('only a revocation that was refused puts it to the test, and what comes after', () => {
    expect(judge(asRefused)).toBe('pass');
    expect(judge((tape) => [unanswered(tape), asRefused(tape)])).toBe('pass');
    expect(judge((tape) => revoke(tape, { refreshToken: newest }))).toBeUndefined();
    expect(judge(unanswered)).toBeUndefined();
    expect(judge(asRefused, false)).toBeUndefined();
  });
});
