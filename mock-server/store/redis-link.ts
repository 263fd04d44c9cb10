/** One connection to Redis on which a call either is answered within a deadline or fails: it outlives an outage and never waits for ever. */
import { HarnessError } from '../../src/errors.ts';

/** A Lua script with what it is handed. Redis runs it as one step: nothing happens in between. */
export interface Script {
  readonly text: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

export interface RedisLink {
  /** Runs a command until it is answered. It may be sent twice when the connection breaks: only what may be repeated is to be sent.
   * @throws HarnessError `store-unavailable` after the deadline */
  send(...words: readonly string[]): Promise<unknown>;
  /** The same for a script. */
  run(script: Script): Promise<unknown>;
  /** Whether the connection stands, as far as is known. */
  readonly ready: boolean;
  close(): Promise<void>;
}

export interface RedisLinkOptions {
  /** `redis://127.0.0.1:6379`, `rediss://` for TLS. */
  readonly url: string;
  /** How long a call waits for an answer, an outage included. Default 10,000. */
  readonly deadlineMs?: number;
}

const RETRY_MS = 50;

/** Connects. The package is loaded here and nowhere else. @throws HarnessError `store-unavailable` when nobody answers in time */
export async function openRedis({ url, deadlineMs = 10_000 }: RedisLinkOptions): Promise<RedisLink> {
  const { createClient } = await import('redis');
  const client = createClient({ url, socket: { reconnectStrategy: RETRY_MS, connectTimeout: deadlineMs } });
  // A broken connection is made again by itself; whoever waits is told by the deadline.
  client.on('error', () => undefined);

  let closed = false;
  const within = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const over = Promise.withResolvers<never>();
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
      over.reject(unavailable(deadlineMs));
    }, deadlineMs);
    try {
      return await Promise.race([work(stop.signal), over.promise]);
    } finally {
      clearTimeout(timer);
    }
  };

  /** Again after a broken connection; an error that Redis itself answers is nobody's outage. */
  const insist = (words: readonly string[]) =>
    within(async (signal) => {
      for (;;) {
        try {
          return await client.sendCommand(words);
        } catch (error) {
          if (isAnswer(error) || signal.aborted || closed) throw error;
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    });

  try {
    await within(() => client.connect());
  } catch (cause) {
    client.destroy();
    throw cause instanceof HarnessError ? cause : unavailable(deadlineMs, cause);
  }
  return {
    send: (...words) => insist(words),
    run: ({ text, keys, values }) => insist(['EVAL', text, String(keys.length), ...keys, ...values]),
    get ready() {
      return client.isReady;
    },
    async close() {
      closed = true;
      client.destroy();
    },
  };
}

/** What Redis says while it comes up is an outage too. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof Error && error.name.endsWith('ErrorReply') && !/^(LOADING|BUSY|MASTERDOWN)/.test(error.message)
  );
}

function unavailable(deadlineMs: number, cause?: unknown): HarnessError {
  return new HarnessError(
    'store-unavailable',
    `Redis did not answer within ${String(deadlineMs)} ms.`,
    'Look whether it runs and whether its address is right (mock.store.redis, REDIS_URL).',
    { cause },
  );
}
