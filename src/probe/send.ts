/** Sends one request of the plan. Redirects are not followed, so only the named host is contacted. */
import { oneLine } from '../../reports/text/printable.ts';
import { name, version } from '../version.ts';
import type { RawAnswer } from './server-answer.ts';
import type { ProbeRequest } from './plan.ts';

/** Most bytes that are read of an answer. */
const MAX_BODY_BYTES = 65_536;

/** Sends a request; resolves with the answer, or with the reason why there is none. Never rejects; ends after `timeoutMs`. */
export async function send(
  { method, url, form }: ProbeRequest,
  timeoutMs: number,
  sender: typeof fetch = fetch,
): Promise<RawAnswer | { readonly reason: string }> {
  try {
    const response = await sender(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'user-agent': `${name}/${version} (probe)`, accept: '*/*' },
      ...(form === undefined ? {} : { body: form }),
    });
    return { status: response.status, location: response.headers.get('location'), body: await firstPart(response) };
  } catch (error) {
    return { reason: `There was no answer: ${reasonOf(error)}.` };
  }
}

async function firstPart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < MAX_BODY_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += (value as Uint8Array).length;
  }
  await reader.cancel();
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'it took too long';
  const { cause } = error;
  return oneLine(cause instanceof Error && cause.message !== '' ? cause.message : error.message, 160);
}
