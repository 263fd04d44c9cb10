/** Sends what webhooks are to get: each message at least once, by one instance at a time, and never into the operator's own network. */
import type { KeyObject } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { useAgent } from 'request-filtering-agent';
import type { Deliveries } from '../store/webhooks.ts';
import { messageOf } from './message.ts';

/** Says what is sent, and where it may go. */
export interface SenderOptions {
  readonly deliveries: Deliveries;
  /** Key of the service, from which secrets are derived. */
  readonly key: KeyObject;
  /** Public origin of the service. */
  readonly origin: string;
  /** Webhooks may lead to private addresses too. */
  readonly privateWebhooks: boolean;
}

/** Returns what sends everything that is due; it does so once at a time. */
export function createSender({ deliveries, key, origin, privateWebhooks }: SenderOptions): () => Promise<void> {
  const sendOne = async (due: Awaited<ReturnType<Deliveries['take']>>[number]): Promise<void> => {
    const { body, headers } = messageOf(due, { key, origin, now: new Date() });
    const answer = await post(due.url, { body, headers, privateWebhooks }).catch((error: unknown) =>
      String(error instanceof Error ? error.message : error).slice(0, 200),
    );
    const delivered = typeof answer === 'number' && answer >= 200 && answer < 300;
    await deliveries.settle(due.id, due.attempts, { delivered, answer: String(answer) });
  };
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const due = await deliveries.take();
      if (due.length === 0) return;
      await Promise.all(due.map(sendOne));
    }
  };
  let sending: Promise<void> | undefined;
  return () => (sending ??= sendAll().finally(() => (sending = undefined)));
}

/** An answer that takes longer counts as none, in milliseconds. */
const ANSWER_MS = 10_000;

interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly privateWebhooks: boolean;
}

/** Posts a message and returns the status of the answer, whose body is not read. Redirects are not followed. The agent looks at the address that a name was resolved to. */
function post(url: string, { body, headers, privateWebhooks }: Message): Promise<number> {
  const agent = useAgent(url, { allowPrivateIPAddress: privateWebhooks });
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers, signal: AbortSignal.timeout(ANSWER_MS) };
    const sent = request(url, options, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
