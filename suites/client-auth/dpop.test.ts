import { describe, expect, test } from 'vitest';
import type { ProofFacts } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import key from './dpop-key.check.ts';
import nonce from './dpop-nonce.check.ts';
import proof from './dpop-proof.check.ts';
import rotation from './dpop-rotation.check.ts';

let proofs = 0;
const good = (more: Partial<ProofFacts> = {}): ProofFacts => ({
  proof: `VALUE#${String((proofs += 1))}`,
  valid: true,
  key: 'KEY',
  htm: true,
  htu: true,
  nonce: true,
  ...more,
});
/** Null: no proof. */
type Sent = ProofFacts | null;

const issued = (generation: number, type = 'DPoP') => ({
  body: `{"token_type":"${type}"}`,
  issued: {
    accessToken: secret(`AT#${String(generation)}`),
    refreshToken: secret(`RT#${String(generation)}`),
    family: 'F#1',
    generation,
  },
});
const challenge = { status: 400, error: 'use_dpop_nonce' };

const login = (tape: Tape, dpop: Sent = good(), response: object = issued(0)): number =>
  tape.token(dpop === null ? {} : { dpop }, { response });
const refresh = (tape: Tape, generation: number, dpop: Sent, response: object = issued(generation + 1)): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true },
      ...(dpop && { dpop }),
    },
    { response },
  );
const api = (tape: Tape, generation: number, dpop: Sent, response = {}): number =>
  tape.resource(
    {
      accessToken: { ...secret(`AT#${String(generation)}`), family: 'F#1', generation, newest: true, alive: true },
      ...(dpop && { dpop }),
    },
    { response },
  );

/** A login and what follows. */
const history = (write: (tape: Tape) => unknown, first: (tape: Tape) => unknown = (tape) => login(tape)) => {
  const tape = createTape('refresh-chain');
  tape.authorize();
  first(tape);
  write(tape);
  return tape.history();
};
type Write = Parameters<typeof history>[0];

const honest: Write = (tape) => {
  api(tape, 0, good({ ath: true }));
  refresh(tape, 0, good());
  refresh(tape, 1, good());
};

describe.each([
  ['DPOP-01', proof],
  ['DPOP-02', key],
  ['DPOP-04', rotation],
])('%s', (_, check) => {
  test('passes a client whose proofs are right, and skips one that uses none or whose tokens are not bound', () => {
    expect(check.judge(history(honest), runFacts())?.verdict).toBe('pass');
    const bearer = history(
      (tape) => api(tape, 0, null),
      (tape) => login(tape, null, issued(0, 'Bearer')),
    );
    expect(check.judge(bearer, runFacts())?.verdict).toBe('skip');
    const ignored = history(
      (tape) => api(tape, 0, null),
      (tape) => login(tape, good(), issued(0, 'Bearer')),
    );
    expect(check.judge(ignored, runFacts())?.verdict).toBe('skip');
  });
});

describe('DPOP-01', () => {
  const judged = (write: Write) => proof.judge(history(write), runFacts());
  test.each<[string, Sent]>([
    ['no DPoP proof', null],
    ['its own key', good({ valid: false, key: null })],
    ['`htm`', good({ htm: false })],
    ['`htu`', good({ htu: false })],
    ['`ath`', good({ ath: false })],
  ])('fails %s at the API and at a refresh', (words, sent) => {
    expect(judged((tape) => api(tape, 0, sent))?.message).toContain(words);
    expect(judged((tape) => refresh(tape, 0, sent))?.message).toContain(words);
  });
});

describe('DPOP-02', () => {
  const judged = (write: Write) => key.judge(history(write), runFacts());
  test('fails another key, for the access token and for a refresh token of a refresh', () => {
    expect(judged((tape) => api(tape, 0, good({ key: 'OTHER' })))?.verdict).toBe('fail');
    expect(
      judged((tape) => {
        refresh(tape, 0, good());
        refresh(tape, 1, good({ key: 'OTHER' }));
      })?.message,
    ).toContain('a refresh carried');
  });
  test('says nothing when no bound token was sent', () => {
    expect(judged(() => undefined)).toBeUndefined();
  });
});

describe('DPOP-03', () => {
  const judged = (first: (tape: Tape) => unknown, write: Write = () => undefined) =>
    nonce.judge(history(write, first), runFacts());
  test('passes a request that is repeated once with the nonce, at the token endpoint and at the API', () => {
    const repeated = judged(
      (tape) => {
        login(tape, good({ nonce: false }), challenge);
        login(tape);
      },
      (tape) => {
        api(tape, 0, good({ nonce: false }), challenge);
        api(tape, 0, good());
      },
    );
    expect(repeated).toMatchObject({ verdict: 'pass', message: expect.stringContaining('2 requests') as string });
  });
  test('fails a request that is not repeated, or not with the nonce', () => {
    expect(judged((tape) => login(tape, good({ nonce: false }), challenge))?.message).toContain('did not repeat');
    const blind = (again: boolean) =>
      judged((tape) => {
        login(tape, good({ nonce: false }), challenge);
        login(tape, good({ nonce: again }), challenge);
        login(tape);
      })?.message;
    expect([blind(false), blind(true)]).toEqual([
      expect.stringContaining('without a nonce') as string,
      expect.stringContaining('wrong nonce') as string,
    ]);
  });
  test('skips a client without DPoP, and says nothing where no nonce was asked for', () => {
    expect(judged((tape) => login(tape, null, issued(0, 'Bearer')))?.verdict).toBe('skip');
    expect(judged((tape) => login(tape))).toBeUndefined();
  });
});

describe('DPOP-04', () => {
  const judged = (write: Write) => rotation.judge(history(write), runFacts());
  test('fails a rotated token without a proof, or with one that was sent before', () => {
    const old = good();
    expect(
      judged((tape) => {
        refresh(tape, 0, old);
        refresh(tape, 1, old);
      })?.message,
    ).toContain('had been sent before');
    expect(
      judged((tape) => {
        refresh(tape, 0, good());
        refresh(tape, 1, null);
      })?.message,
    ).toContain('without a DPoP proof');
  });
  test('says nothing before a token was rotated', () => {
    expect(judged((tape) => refresh(tape, 0, good()))).toBeUndefined();
  });
});
