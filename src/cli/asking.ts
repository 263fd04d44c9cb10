/** Determines whether the user can be asked questions. */
import type { Invocation } from './command.ts';

/** Returns whether a person can be asked: with a terminal on both ends, and not in CI. */
export function canAsk({ terminal, env }: Pick<Invocation, 'terminal' | 'env'>): boolean {
  return terminal.live && process.stdin.isTTY && env['CI'] === undefined;
}
