/** What the recorder asks of a service whose instances may die: a request that is sent again goes on, it is not received twice. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Response } from '../../src/history/event.ts';
import type { Exchange } from './exchange.ts';
import type { Spot } from './parked.ts';

/** ListenerEvents where an exchange is about to stand; what it returns is to be called when it goes on. */
export type Park = (exchange: Exchange, at: Spot) => () => void;

/** What is known of an exchange whose request was received already. */
export type Resumption = Pick<Exchange, 'number' | 'seq' | 'connection' | 'facts'> & Required<Pick<Exchange, 'parked'>>;

export interface Resent {
  /** Asked once the request is whole. Undefined: it comes for the first time. */
  resume(request: IncomingMessage): Resumption | undefined;
  /** ListenerEvents in the same turn in which its `request` line was written, or `resume` was asked. */
  began(exchange: Exchange, ctx: Context): void;
  /** True: though its connection is gone, its answer will be asked for. */
  wanted(exchange: Exchange): boolean;
  /** All that it asked for is done, and nobody waits for the answer. */
  dropped(exchange: Exchange): void;
  /** Its connection is done with. Resolves with the line to be written, or with undefined when it went on elsewhere and ended there. */
  ended(exchange: Exchange, line: Response): Promise<Response | undefined>;
}
