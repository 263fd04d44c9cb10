/** Implements the command `probe` without its flags: asks a real authorization server whether the app refuses what the partner rule
 * forbids. */
import { isIPv4 } from 'node:net';

import { oneLine } from '../../reports/text/printable.ts';
import { HarnessError } from '../errors.ts';
import { authorizationAnswer, tokenAnswer, type ServerAnswer } from './server-answer.ts';
import { conclude, probeExit, type Conclusion } from './conclusion.ts';
import { probePlan, type ProbeId, type ProbeTarget } from './plan.ts';
import { send } from './send.ts';
import { announcement, probeText } from './announcement.ts';

/** Options of `probe`. */
export interface ProbeOptions extends ProbeTarget {
  /** Shows the planned requests before the first is sent. Throws or rejects to stop. */
  readonly announce: (text: string) => void | Promise<void>;
  /** Time limit of each request in milliseconds; default: 15 s. */
  readonly timeoutMs?: number;
  /** Sends the requests; default: Node's `fetch`. */
  readonly fetch?: typeof fetch;
}

/** The result of `probe`. */
export interface Probed {
  /** 0: a request without a challenge is refused and nothing else was accepted. 1: something was accepted. 3: cannot be determined. */
  readonly exit: 0 | 1 | 3;
  readonly loginUrl: string;
  readonly conclusions: readonly Conclusion[];
  readonly answers: readonly { readonly id: ProbeId; readonly answer: ServerAnswer }[];
  /** Text for standard output, ending with a line break. */
  readonly output: string;
}

/** Sends five requests to `loginUrl` and to no other host, one after another, without a user, a secret or a real code.
 * @throws HarnessError `probe-url`, `probe-client-id`, `probe-redirect-uri` for invalid values.
 * @example const { exit, output } = await probe({ loginUrl: 'https://test.salesforce.com', clientId, announce: console.error }); */
export async function probe({
  announce,
  timeoutMs = 15_000,
  fetch: sender = fetch,
  ...given
}: ProbeOptions): Promise<Probed> {
  const target = validated(given);
  const plan = probePlan(target);
  await announce(announcement(target, plan));
  const answers = new Map<ProbeId, ServerAnswer>();
  for (const request of plan) {
    const raw = await send(request, timeoutMs, sender);
    answers.set(
      request.id,
      'reason' in raw
        ? { kind: 'unclear', reason: raw.reason }
        : request.method === 'GET'
          ? authorizationAnswer(raw, request.url)
          : tokenAnswer(raw),
    );
  }
  const conclusions = conclude(answers);
  const exit = probeExit(conclusions);
  return {
    exit,
    loginUrl: target.loginUrl,
    conclusions,
    answers: [...answers].map(([id, answer]) => ({ id, answer })),
    output: probeText(target, conclusions, exit),
  };
}

function validated({ loginUrl, clientId, redirectUri }: ProbeTarget): ProbeTarget {
  const shown = oneLine(loginUrl, 120);
  const example = 'Name the login URL of the org, such as https://test.salesforce.com.';
  if (!URL.canParse(loginUrl)) throw new HarnessError('probe-url', `"${shown}" is no URL.`, example);
  const url = new URL(loginUrl);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new HarnessError('probe-url', 'The login URL carries a user, a query or a fragment.', example);
  }
  const loopback =
    url.hostname === 'localhost' ||
    url.hostname === '[::1]' ||
    (isIPv4(url.hostname) && url.hostname.startsWith('127.'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new HarnessError('probe-url', `"${shown}" is not https.`, `${example} Plain http is for this machine only.`);
  }
  if (!/^[\x21-\x7e]{1,256}$/.test(clientId)) {
    throw new HarnessError(
      'probe-client-id',
      'The client id is empty or holds characters that no client id has.',
      'Copy the consumer key of the app.',
    );
  }
  if (redirectUri !== undefined && !URL.canParse(redirectUri)) {
    throw new HarnessError(
      'probe-redirect-uri',
      `"${oneLine(redirectUri, 120)}" is no URL.`,
      'Name a callback URL of the app.',
    );
  }
  return {
    loginUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    clientId,
    ...(redirectUri === undefined ? {} : { redirectUri }),
  };
}
