/** Provides the harness's browser: no screen, no scripts, one user. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SessionContext } from '../driver.ts';
import { trustedCertificates } from './certificates.ts';
import { fetchOnce, type Ask, type Fetched, type FetchOptions } from './fetch.ts';
import { createJar } from './jar.ts';
import { isHttp, isLoopback } from './place.ts';

/** The browser of one user, which follows logins for the adapter, command and http drivers. */
export interface Browser {
  readonly user: string;
  /** Sends one request without following redirects. Never rejects. */
  fetch(ask: Ask, options: Pick<FetchOptions, 'timeoutMs' | 'signal' | 'onConnected'>): Promise<Fetched>;
  isMock(url: URL): boolean;
  /** Returns whether the browser may visit a URL: only the mock, this machine and the application are allowed. */
  mayVisit(url: URL): boolean;
  close(): void;
}

/** Options of `openBrowser`. */
export interface BrowserOptions {
  readonly user: string;
  /** Origin of the web application, for the http driver. */
  readonly appOrigin?: string;
}

const accept = 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8';
const userAgent = 'Mozilla/5.0 (compatible; sf-conformance)';

/** Opens a browser without a screen.
 * @throws HarnessError `certificates-unreadable` */
export async function openBrowser(
  context: Pick<SessionContext, 'loginUrl' | 'browserKey' | 'env'>,
  { user, appOrigin }: BrowserOptions,
): Promise<Browser> {
  const mockOrigin = new URL(context.loginUrl).origin;
  const certificates = await trustedCertificates(context.env['NODE_EXTRA_CA_CERTS']);
  const agent = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };
  // Cookies ignore ports. With one jar the mock and an application on the same machine would overwrite each other's cookies.
  const jars = { mock: createJar(), application: createJar() };
  const isMock = (url: URL): boolean => url.origin === mockOrigin;

  return {
    user,
    isMock,
    mayVisit: (url) => isHttp(url) && (isMock(url) || url.origin === appOrigin || isLoopback(url.hostname)),
    fetch(ask, options) {
      const atMock = isMock(ask.url);
      const headers = {
        'user-agent': userAgent,
        accept,
        ...ask.headers,
        ...(atMock ? { 'x-sf-conformance-browser': `${context.browserKey};user=${user}` } : {}),
      };
      return fetchOnce(
        { ...ask, headers },
        {
          jar: atMock ? jars.mock : jars.application,
          agent,
          verify: atMock || !isLoopback(ask.url.hostname),
          ...(certificates === undefined ? {} : { certificates }),
          ...options,
        },
      );
    },
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}
