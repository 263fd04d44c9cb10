/** One refresh of the whole app at a time: what some saw instead of a lock on each token (switch `inFlightLock`). */
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { TokenFamilies } from './token-families.ts';

/** Settles when the answer of the refresh that is on its way has ended, by the tokenFamilies of its mock. */
const holders = new WeakMap<TokenFamilies, Promise<unknown>>();

/** True when no other refresh is on its way, or none is in the way of others. Who is told so holds the lock until its answer has ended. */
export function takeApp(
  exchange: Exchange,
  { tokenFamilies, switches }: Pick<MockContext, 'tokenFamilies' | 'switches'>,
): boolean {
  if (switches.inFlightLock !== 'app') return true;
  if (holders.has(tokenFamilies)) return false;
  holdApp(tokenFamilies, exchange.ended);
  return true;
}

/** No other refresh until `ended` is settled. */
export function holdApp(tokenFamilies: TokenFamilies, ended: Promise<unknown>): void {
  holders.set(tokenFamilies, ended);
  const release = () => {
    if (holders.get(tokenFamilies) === ended) holders.delete(tokenFamilies);
  };
  void ended.then(release, release);
}
