/** Watches every request of a Chromium (pages, workers, popups) before it is sent, and every answer to a navigation before the page
 * receives it. */
import type { CDPSession } from '@playwright/test';

/** A request, or the answer to a navigation, that waits for a decision. */
export interface Pause {
  readonly stage: 'request' | 'answer';
  /** The URL with its fragment. */
  readonly url: URL;
  /** Whether it is a navigation of a page or of a frame in it. */
  readonly document: boolean;
  /** Id of the frame; for a page itself the id of the page. */
  readonly frame: string;
  /** Status of an answer; undefined when none came. */
  readonly status?: number;
  readonly location?: string;
  readonly contentType?: string;
  /** Returns the beginning of the answer's body. */
  body(): Promise<string>;
}

/** What happens to a paused request or answer. */
export type Decision =
  /** Continues it; `headers` are added. */
  | { readonly kind: 'go-on'; readonly headers?: Readonly<Record<string, string>> }
  /** Answers with a redirect. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** Answers 204, so that the page stays unchanged (RFC 9110 §15.3.5). */
  | { readonly kind: 'stay' }
  | { readonly kind: 'refuse' };

interface FulfilledRequest {
  readonly requestId: string;
  readonly responseCode: number;
  readonly responseHeaders: { readonly name: string; readonly value: string }[];
  /** Encoded as base64. */
  readonly body: string;
}

interface PausedEvent {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly urlFragment?: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly responseStatusCode?: number;
  readonly responseErrorReason?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

const bodyLength = 1_048_576;

/** Watches all traffic of a browser.
 * @param session session of the browser itself, so that everything is watched from its start
 * @param decide must not reject */
export async function watchTraffic(session: CDPSession, decide: (pause: Pause) => Promise<Decision>): Promise<void> {
  session.on('Fetch.requestPaused', (event: PausedEvent) => {
    // A request of a closed page needs no answer.
    void decideOn(session, event, decide).catch(() => undefined);
  });
  await session.send('Fetch.enable', {
    patterns: [
      { urlPattern: '*', requestStage: 'Request' },
      { urlPattern: '*', requestStage: 'Response', resourceType: 'Document' },
    ],
  });
}

async function decideOn(
  session: CDPSession,
  event: PausedEvent,
  decide: (pause: Pause) => Promise<Decision>,
): Promise<void> {
  const { requestId } = event;
  const url = URL.parse(event.request.url + (event.request.urlFragment ?? ''));
  if (url === null) {
    await session.send('Fetch.continueRequest', { requestId });
    return;
  }
  const decision = await decide(pauseOf(session, event, url));
  switch (decision.kind) {
    case 'go-on': {
      if (await isEmptyError(session, event)) {
        await session.send('Fetch.fulfillRequest', withOneByte(event));
        return;
      }
      const all = { ...event.request.headers, ...decision.headers };
      const headers = Object.entries(all).map(([name, value]) => ({ name, value }));
      await session.send('Fetch.continueRequest', {
        requestId,
        ...(decision.headers === undefined ? {} : { headers }),
      });
      return;
    }
    case 'redirect':
      await session.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: 302,
        responseHeaders: [{ name: 'Location', value: decision.to }],
      });
      return;
    case 'stay':
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
      return;
    case 'refuse':
      await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }
}

/** Returns whether this is an error answer to a navigation with an empty body. Chrome replaces it with its own error page
 * (`ERR_HTTP_RESPONSE_CODE_FAILURE`); the headless shell shows an empty page, as the application answered. */
async function isEmptyError(session: CDPSession, event: PausedEvent): Promise<boolean> {
  const { requestId, responseStatusCode = 0, resourceType } = event;
  if (responseStatusCode < 400 || resourceType !== 'Document') return false;
  const answer = await session.send('Fetch.getResponseBody', { requestId }).catch(() => undefined);
  return answer?.body === '';
}

/** Headers that describe the body or would be applied to it again. */
const ofBody: ReadonlySet<string> = new Set(['content-length', 'content-encoding', 'transfer-encoding']);

/** Returns the same answer with a body of one space; status, cookies and other headers stay. */
function withOneByte({ requestId, responseStatusCode = 0, responseHeaders = [] }: PausedEvent): FulfilledRequest {
  const kept = responseHeaders.filter(({ name }) => !ofBody.has(name.toLowerCase()));
  const typed = kept.some(({ name }) => name.toLowerCase() === 'content-type');
  return {
    requestId,
    responseCode: responseStatusCode,
    responseHeaders: typed ? kept : [...kept, { name: 'Content-Type', value: 'text/html' }],
    body: Buffer.from(' ').toString('base64'),
  };
}

function pauseOf(session: CDPSession, event: PausedEvent, url: URL): Pause {
  const { requestId, responseStatusCode: status, responseErrorReason, responseHeaders = [] } = event;
  const header = (name: string): string | undefined =>
    responseHeaders.find((one) => one.name.toLowerCase() === name)?.value;
  const location = header('location');
  const contentType = header('content-type');
  return {
    stage: status === undefined && responseErrorReason === undefined ? 'request' : 'answer',
    url,
    document: event.resourceType === 'Document',
    frame: event.frameId,
    ...(status === undefined ? {} : { status }),
    ...(location === undefined ? {} : { location }),
    ...(contentType === undefined ? {} : { contentType }),
    async body() {
      const answer = await session.send('Fetch.getResponseBody', { requestId }).catch(() => undefined);
      if (answer === undefined) return '';
      const text = answer.base64Encoded ? Buffer.from(answer.body, 'base64').toString('utf8') : answer.body;
      return text.slice(0, bodyLength);
    },
  };
}
