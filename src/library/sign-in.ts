/** Acts as the user's browser during a login, over HTTP and without a screen. */
import { HarnessError } from '../errors.ts';
import type { Browser } from '../drivers/agent/browser.ts';

/** Options of `signIn`. */
export interface SignInOptions {
  /** Denies access: the callback carries `error=access_denied`. Default: false. */
  readonly deny?: boolean;
  /** Name of the user: `U1`, `U2` … Default: `U1`. */
  readonly user?: string;
  /** Requests the callback URL too, as a browser does. Default false. */
  readonly deliver?: boolean;
  /** Replaces `state` in the callback URL, as an attacker would. Default: unchanged. */
  readonly state?: string;
  /** Uses another browser, without the cookies of this user's earlier logins. Default: false. */
  readonly newBrowser?: boolean;
}

/** Addresses that the browser visits, and how the mock recognizes it. */
export interface SignInPlace {
  readonly loginUrl: string;
  readonly browserKey: string;
  /** PEM file of the mock's certificate authority; undefined without TLS. */
  readonly caFile: string | undefined;
}

const MOST_REDIRECTS = 20;
const TIMEOUT_MS = 10_000;
const GET = { method: 'GET', headers: {} } as const;
/** Form fields of the sign-in page when the user denies access. */
const DENY = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'answer=deny',
} as const;

/** Creates the browsers of one mock, one for each user. */
export function createSignIn(place: SignInPlace) {
  const browsers = new Map<string, Browser>();
  const open = async (user: string, fresh: boolean): Promise<Browser> => {
    // Loaded on first use: it takes a fifth of the start of a first mock.
    const { openBrowser } = await import('../drivers/agent/browser.ts');
    const known = browsers.get(user);
    if (known !== undefined && !fresh) return known;
    known?.close();
    const env = place.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: place.caFile };
    const browser = await openBrowser({ loginUrl: place.loginUrl, browserKey: place.browserKey, env }, { user });
    browsers.set(user, browser);
    return browser;
  };
  return {
    /** Follows an authorization URL to the client's callback.
     * @throws HarnessError `sign-in-url`, `sign-in-refused` with the mock's answer, `callback-unreachable`. */
    async signIn(url: string | URL, options: SignInOptions = {}): Promise<URL> {
      const first = URL.parse(String(url));
      if (first?.origin !== new URL(place.loginUrl).origin) {
        throw new HarnessError(
          'sign-in-url',
          `signIn was called with ${first === null ? 'something that is not a URL' : `a URL of ${first.origin}`}.`,
          `Pass the authorization URL that your client made; it begins with ${place.loginUrl}.`,
        );
      }
      const user = options.user ?? 'U1';
      const browser = await open(user, options.newBrowser === true);
      const callback = await follow(browser, first, options.deny === true);
      if (options.state !== undefined) callback.searchParams.set('state', options.state);
      if (options.deliver === true) await deliver(browser, callback);
      return callback;
    },
    close() {
      for (const browser of browsers.values()) browser.close();
      browsers.clear();
    },
  };
}

async function follow(browser: Browser, first: URL, deny: boolean): Promise<URL> {
  let url = first;
  for (let left = MOST_REDIRECTS; left > 0; left -= 1) {
    const asked = deny && url.pathname.startsWith('/login/');
    const page = await browser.fetch(asked ? { url, ...DENY } : { url, ...GET }, { timeoutMs: TIMEOUT_MS });
    if (page.kind !== 'page') {
      throw new HarnessError(
        'sign-in-refused',
        `${url.origin} gave no answer: ${page.detail}.`,
        'Is the mock still open?',
      );
    }
    const next = page.location === undefined ? null : URL.parse(page.location, url);
    if (page.status < 300 || page.status >= 400 || next === null) {
      const text = page.body
        .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      throw new HarnessError(
        'sign-in-refused',
        `The mock refused the authorization request: ${String(page.status)} ${text.slice(0, 300)}`,
        'Compare the authorization URL with the app: client_id, redirect_uri, code_challenge and code_challenge_method.',
      );
    }
    if (!browser.isMock(next)) return next;
    url = next;
  }
  throw new HarnessError('sign-in-refused', 'The login redirects without end.', 'Report this as a fault of the mock.', {
    exit: 70,
  });
}

async function deliver(browser: Browser, callback: URL): Promise<void> {
  const page = await browser.fetch({ url: callback, ...GET }, { timeoutMs: TIMEOUT_MS });
  if (page.kind === 'page') return;
  throw new HarnessError(
    'callback-unreachable',
    `The callback could not be delivered to ${callback.origin}: ${page.detail}.`,
    'Start the listener of your client before signIn is called with deliver.',
  );
}
