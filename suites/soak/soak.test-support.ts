/** Soaks by hand: operations and refreshes on a tape. */
import type { Operation } from './operations.ts';
import { secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import { calls, actionOf } from '../races/concurrent-calls.test-support.ts';

/** One operation with what `write` makes of it. */
export function operation(tape: Tape, op: Operation, write: () => unknown): void {
  tape.add({ kind: 'phase', phase: 'op', detail: JSON.stringify(op) });
  write();
}

/** A token family begins or ends. */
export const family = (tape: Tape, name: string, change: 'created' | 'revoked' = 'created'): number =>
  tape.add({ kind: 'family', family: name, change });

/** An honest call fails, with what it does. */
export function fails(tape: Tape, within: () => unknown = () => undefined): void {
  operation(tape, { op: 'call' }, () => {
    actionOf(tape, 70, { name: 'status' }).end({ result: 'failed' });
    calls(tape, { result: 'failed' }, within);
  });
}

/** A refresh that sends `generation` and is answered with the next one. */
export function refresh(tape: Tape, generation: number, parts: ExchangeParts = {}, head = true): number {
  const refreshToken = { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head };
  const issued = {
    refreshToken: secret(`RT#${String(generation + 1)}`),
    accessToken: secret(`AT#${String(generation + 1)}`),
    family: 'F#1',
    generation: generation + 1,
  };
  return tape.token(
    { grantType: 'refresh_token', code: null, verifier: null, refreshToken },
    parts.response === undefined ? { ...parts, response: { issued } } : parts,
  );
}
