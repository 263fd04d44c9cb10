/** One refresh of the whole app at a time: what some saw instead of a lock on each token (switch `inFlightLock`). */
import type { Parts } from '../parts.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Ledger } from './ledger.ts';

/** Settles when the answer of the refresh that is on its way has ended, by the ledger of its mock. */
const holders = new WeakMap<Ledger, Promise<unknown>>();

/** True when no other refresh is on its way, or none is in the way of others. Who is told so holds the lock until its answer has ended. */
export function takeApp(exchange: Exchange, { ledger, switches }: Pick<Parts, 'ledger' | 'switches'>): boolean {
  if (switches.inFlightLock !== 'app') return true;
  if (holders.has(ledger)) return false;
  holdApp(ledger, exchange.ended);
  return true;
}

/** No other refresh until `ended` is settled. */
export function holdApp(ledger: Ledger, ended: Promise<unknown>): void {
  holders.set(ledger, ended);
  const release = () => {
    if (holders.get(ledger) === ended) holders.delete(ledger);
  };
  void ended.then(release, release);
}
