/** Sends requests to a service over HTTP: with the token, through a proxy from the environment, and with retries while it is unreachable. */
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { HarnessError } from '../../errors.ts';
import { repeat } from '../repeat.ts';

/** Connection to a service; made by `createServiceClient`. */
export interface ServiceClient {
  /** Public origin of the service. */
  readonly origin: string;
  /** Resolves with the JSON of the answer.
   * @throws HarnessError `service-unreachable`, or the error of the service */
  ask(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<unknown>;
  /** Resolves with the bytes of the answer. */
  download(path: string): Promise<Buffer>;
  close(): void;
}

/** HTTP statuses of a service or proxy that is temporarily unavailable. */
const AWAY: readonly number[] = [502, 503, 504];
/** Codes of a 409 answer that mean "try again soon". */
const SOON: readonly string[] = ['in-progress', 'not-ended'];
/** Milliseconds after which an unreachable service is abandoned: longer than detecting that an instance is gone. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 250;
const SLOWEST_RETRY_MS = 4_000;
/** Time limit of an answer in milliseconds; a poll is answered after 20 s. */
const ANSWER_MS = 60_000;

/** Creates the client of a service.
 * @throws HarnessError `at-insecure`: tokens are sent over HTTPS or to this machine only */
export function createServiceClient(at: URL, token: string): ServiceClient {
  const secure = at.protocol === 'https:';
  if (!secure && !['127.0.0.1', 'localhost', '[::1]'].includes(at.hostname)) {
    const message = `The token would be sent unencrypted to ${at.origin}.`;
    throw new HarnessError('at-insecure', message, 'Name the service by its https URL.');
  }
  const options = { keepAlive: true, proxyEnv: process.env };
  const agent = secure ? new TlsAgent(options) : new Agent(options);

  const send = (method: string, path: string, text: string | undefined, headers: object): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const url = new URL(path, at);
      const sent: ClientRequest = (secure ? tlsRequest : httpRequest)(url, {
        ...{ method, agent, timeout: ANSWER_MS },
        headers: {
          authorization: `Bearer ${token}`,
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
        },
      });
      sent.once('timeout', () => sent.destroy(new Error('no answer')));
      sent.once('error', reject);
      sent.once('response', (response: IncomingMessage) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }));
      });
      sent.end(text);
    });

  const whole = async (method: string, path: string, body: unknown, headers: object): Promise<Buffer> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const until = performance.now() + PATIENCE_MS;
    for (let wait = RETRY_MS; ; wait = Math.min(2 * wait, SLOWEST_RETRY_MS)) {
      const answered = await send(method, path, text, headers).catch((error: unknown) => unreachable(at, error));
      if (!(answered instanceof HarnessError)) {
        if (answered.status < 300) return answered.bytes;
        if (!mayGoBetter(answered)) throw refusal(at, answered);
      }
      if (performance.now() > until)
        throw answered instanceof HarnessError ? answered : unreachable(at, `status ${String(answered.status)}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
  return {
    origin: at.origin,
    async ask(method, path, body, headers = {}) {
      const text = (await whole(method, path, body, headers)).toString('utf8');
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    download: (path) => whole('GET', path, undefined, {}),
    close: () => agent.destroy(),
  };
}

interface Answered {
  readonly status: number;
  readonly bytes: Buffer;
}

function mayGoBetter({ status, bytes }: Answered): boolean {
  return AWAY.includes(status) || (status === 409 && SOON.includes(readProblem(bytes.toString('utf8')).code ?? ''));
}

function unreachable(at: URL, cause: unknown): HarnessError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const hint = 'Check the URL, and HTTPS_PROXY where a proxy is needed.';
  return new HarnessError('service-unreachable', `The service ${at.origin} cannot be reached: ${why}.`, hint, {
    cause,
  });
}

/** Returns the error that a problem document describes. */
function refusal(at: URL, { status, bytes }: Answered): HarnessError {
  const problem = readProblem(bytes.toString('utf8'));
  const exit = status >= 500 ? 70 : 2;
  if (problem.code === 'repeat') return repeat(problem.detail ?? '');
  const { code = 'service-refused', detail = `it answered with status ${String(status)}`, hint } = problem;
  if (status === 422) return new HarnessError(code, detail, hint ?? 'Fix the configuration.', { exit });
  const next =
    status === 401 ? 'Set SF_CONFORMANCE_TOKEN to a token of the service.' : `Ask the operator of ${at.origin}.`;
  return new HarnessError(code, `${at.origin} refused: ${detail}`, hint ?? next, { exit });
}

function readProblem(text: string): { readonly code?: string; readonly detail?: string; readonly hint?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
