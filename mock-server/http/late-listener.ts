/** Lets ports open before the application exists: the application needs to know their URLs. */
import type { RequestListener } from 'node:http';

export interface LateListener {
  /** Keeps requests until there is a handler. */
  readonly listener: RequestListener;
  /** Sets the handler, which gets the requests that were kept, in order. */
  readonly set: (handler: RequestListener) => void;
}

/** Returns a listener without a handler. */
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
