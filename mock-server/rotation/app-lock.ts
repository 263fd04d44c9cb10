/** One refresh of the whole app at a time: what some saw instead of a lock on each token (switch `inFlightLock`). */
import type { Parts } from '../parts.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Ledger } from './ledger.ts';

/** The exchange whose answer has not ended yet, by the ledger of its mock. */
const holders = new WeakMap<Ledger, Exchange>();

/** True when no other refresh is on its way, or none is in the way of others. Who is told so holds the lock until its answer has ended. */
export function takeApp(exchange: Exchange, { ledger, switches }: Pick<Parts, 'ledger' | 'switches'>): boolean {
  if (switches.inFlightLock !== 'app') return true;
  if (holders.has(ledger)) return false;
  holders.set(ledger, exchange);
  void exchange.ended.then(() => holders.delete(ledger));
  return true;
}
