import { expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { Request } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './redirect-not-followed.check.ts';

/** A refresh that is answered with a redirect; then what `write` does. */
function judged(write: (tape: Tape) => void): Finding | undefined {
  const tape = createTape('redirected');
  tape.token({}, { response: null });
  tape.token({}, { response: { status: 307, fault: 'redirect-elsewhere' } });
  write(tape);
  return check.judge(tape.history(), runFacts());
}

const follow = (tape: Tape, leaked: readonly string[], request: Partial<Request> = {}): number =>
  tape.resource(
    {},
    {
      request: {
        host: 'other',
        endpoint: 'other',
        path: '/services/oauth2/elsewhere/',
        facts: { kind: 'other', leaked },
        ...request,
      },
    },
  );

test('RES-10 passes a client that stays, and one that follows with empty hands', () => {
  expect(judged(() => undefined)).toMatchObject({
    verdict: 'pass',
    message: expect.stringContaining('not followed') as string,
    evidence: [3],
  });
  expect(judged((tape) => follow(tape, []))).toMatchObject({
    verdict: 'pass',
    message: expect.stringContaining('without credentials') as string,
    evidence: [3, 5],
  });
});

test.each<[string, readonly string[], Partial<Request>]>([
  ['RT#1', ['RT#1'], {}],
  ['SECRET', [], { body: [{ name: 'client_secret', value: 'SECRET', secret: secret('SECRET') }] }],
  ['CODE#1', [], { query: [{ name: 'code', value: 'CODE#1', secret: secret('CODE#1') }] }],
  ['VERIFIER#1', [], { body: [{ name: 'code_verifier', value: 'VERIFIER#1', secret: secret('VERIFIER#1') }] }],
  ['AT#1', [], { headers: [{ name: 'authorization', value: 'Bearer AT#1' }] }],
])('RES-10 fails a client that carries %s along', (label, leaked, request) => {
  const finding = judged((tape) => follow(tape, leaked, request));
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [5, 3] });
  expect(finding?.message).toContain(`307 of the token endpoint the client sent ${label} to`);
});

test('RES-10 says nothing of a client that met no redirect', () => {
  const tape = createTape('redirected');
  tape.login();
  follow(tape, ['RT#1']);
  expect(check.judge(tape.history(), runFacts())).toBeUndefined();
});

test('RES-10 minds no other requests, whatever they carry', () => {
  const finding = judged((tape) =>
    tape.resource({}, { request: { headers: [{ name: 'authorization', value: 'Bearer AT#1' }] } }),
  );
  expect(finding?.verdict).toBe('pass');
});
