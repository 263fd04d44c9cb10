/** Asks a service over HTTP: with the token, through a proxy where the environment names one, and again while it cannot be reached. */
import { EnvHttpProxyAgent, request } from 'undici';
import { HarnessError } from '../../errors.ts';
import { repeat } from '../repeat.ts';

/** Statuses of a service or a proxy that is away for a moment. */
const AWAY: readonly number[] = [502, 503, 504];
/** Codes of a 409 answer that mean "try again soon". */
const SOON: readonly string[] = ['in-progress', 'not-ended'];
/** Milliseconds after which an unreachable service is abandoned: longer than detecting that an instance is gone. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 250;
const SLOWEST_RETRY_MS = 4_000;
/** Time limit of an answer in milliseconds; a poll is answered after 20 s. */
const ANSWER_MS = 60_000;

/** Creates the client of a service. @throws HarnessError `at-insecure`: a token is sent in HTTPS, or to this machine */
export function createServiceClient(at: URL, token: string) {
  if (at.protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(at.hostname)) {
    const message = `The token would be sent unencrypted to ${at.origin}.`;
    throw new HarnessError('at-insecure', message, 'Name the service by its https URL.');
  }
  const agent = new EnvHttpProxyAgent({ headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  const left = new AbortController();

  const send = async (method: Method, path: string, text: string | undefined, more: Headers): Promise<Answered> => {
    const type: Headers = text === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Bearer ${token}`, ...type, ...more };
    const options = { dispatcher: agent, method, headers, body: text ?? null, signal: left.signal };
    const { statusCode, body } = await request(new URL(path, at), options);
    return { status: statusCode, bytes: Buffer.from(await body.arrayBuffer()) };
  };

  const whole = async (method: Method, path: string, body: unknown, headers: Headers): Promise<Buffer> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const until = performance.now() + PATIENCE_MS;
    for (let wait = RETRY_MS; ; wait = Math.min(2 * wait, SLOWEST_RETRY_MS)) {
      const answered = await send(method, path, text, headers).catch((error: unknown) => unreachable(at, error));
      if (!(answered instanceof HarnessError)) {
        if (answered.status < 300) return answered.bytes;
        if (!mayGoBetter(answered)) throw refusal(at, answered);
      }
      if (performance.now() > until || left.signal.aborted)
        throw answered instanceof HarnessError ? answered : unreachable(at, `status ${String(answered.status)}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
  return {
    /** Resolves with the JSON of the answer. @throws HarnessError `service-unreachable`, or the error that the service answered with */
    async ask(method: Method, path: string, body?: unknown, headers: Headers = {}) {
      const text = (await whole(method, path, body, headers)).toString('utf8');
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    /** Resolves with the bytes of the answer. */
    download: (path: string) => whole('GET', path, undefined, {}),
    async close() {
      left.abort();
      await agent.destroy();
    },
  };
}

/** Asks one service. */
export type ServiceClient = ReturnType<typeof createServiceClient>;

type Method = 'GET' | 'POST';
type Headers = Readonly<Record<string, string>>;

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
