/** Opens ports before the application exists, because the application needs to know their URLs. */
import type { RequestListener } from 'node:http';

/** A listener whose handler is set later. */
export interface LateListener {
  /** Queues requests until there is a handler. */
  readonly listener: RequestListener;
  /** Sets the handler, which gets the queued requests in order. */
  readonly set: (handler: RequestListener) => void;
}

/** Creates a listener without a handler. */
export function createLateListener(): LateListener {
  const early: Parameters<RequestListener>[] = [];
  let handler: RequestListener = (...exchange) => void early.push(exchange);
  return {
    listener: (...exchange) => {
      handler(...exchange);
    },
    set(given) {
      handler = given;
      for (const exchange of early.splice(0)) given(...exchange);
    },
  };
}
