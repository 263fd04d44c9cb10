/** Provides the profile of one user of the application: a separate Chromium with separate storage, all of whose traffic is watched. */
import type { BrowserContext, Page } from '@playwright/test';
import { ELSEWHERE, isHttp, withoutQuery } from '../agent/place.ts';
import type { SessionContext } from '../driver.ts';
import type { ClientUser } from '../client-user.ts';
import { startChromium } from './chromium.ts';
import type { PageLogin } from './login.ts';
import { lookIntoStorage } from './storage.ts';
import { watchTraffic, type Decision, type Pause } from './traffic.ts';
import { mockKey } from './trust.ts';

/** A page of the profile and its name in the traffic. */
export interface OpenPage {
  readonly page: Page;
  /** Id of the page's main frame, by which traffic is assigned to it. */
  readonly frame: string;
}

/** The Chromium of one user; made by `openProfile`. */
export interface Profile {
  readonly clientUser: ClientUser;
  open(): Promise<OpenPage>;
  /** Returns the page that the harness opened under this id; undefined for a window that the application opened. */
  pageOf(frame: string): Page | undefined;
  /** Returns the window that was opened last, by the application or by the harness. */
  newest(): Page | undefined;
  /** Assigns navigations of `frame`, and of windows it opens, to the login until the returned function is called. */
  follow(frame: string, login: PageLogin): () => void;
  /** Resolves when the application begins a login that was not requested. */
  strayLogin(signal: AbortSignal): Promise<void>;
  /** Resolves when Chromium has ended although the harness did not close it. */
  readonly gone: Promise<unknown>;
  /** Records where tokens are stored. A tab's session storage is gone when the tab is closed. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Most refused addresses that are recorded. */
const mostRefused = 50;

/** Opens the profile of a user.
 * @throws HarnessError as `startChromium` and `mockKey` do. */
export async function openProfile(context: SessionContext, clientUser: ClientUser, baseUrl: string): Promise<Profile> {
  const { browser, user } = clientUser;
  const login = new URL(context.loginUrl);
  const caFile = context.env['NODE_EXTRA_CA_CERTS'];
  const hosts = [context.loginUrl, baseUrl, ...context.redirectUris].flatMap((url) => URL.parse(url)?.hostname ?? []);
  const chromium = await startChromium({
    hosts: hosts.filter((host) => host !== ''),
    timeoutMs: context.timeoutMs,
    ...(caFile === undefined || login.protocol !== 'https:' ? {} : { trustedKey: await mockKey(login.href, caFile) }),
  });

  const pages = new Map<string, Page>();
  const logins = new Map<string, PageLogin>();
  const strays = new Set<() => void>();
  const noteRefused = refusalNotes(context, user);
  const gone = Promise.withResolvers<undefined>();
  let closing = false;
  chromium.on('disconnected', () => {
    if (!closing) gone.resolve(undefined);
  });

  /** A window that was opened for the login is not one of the harness's pages. */
  const loginOf = (frame: string): PageLogin | undefined =>
    logins.get(frame) ?? (pages.has(frame) ? undefined : [...logins.values()].at(-1));
  const refuse = ({ url, document, frame }: Pause): Decision => {
    noteRefused(url);
    if (!document) return { kind: 'refuse' };
    loginOf(frame)?.stopped(url);
    return { kind: 'stay' };
  };
  const decide = async (pause: Pause): Promise<Decision> => {
    const { url, document, frame } = pause;
    if (!isHttp(url)) return { kind: 'go-on' };
    // The instance uses another port of the mock's host.
    if (!browser.mayVisit(url) && url.hostname !== login.hostname) return refuse(pause);
    if (!document) return { kind: 'go-on' };
    const own = loginOf(frame);
    if (own !== undefined) return own.decide(pause);
    if (pause.stage === 'answer' || !browser.isMock(url) || !isLogin(url)) return { kind: 'go-on' };
    for (const wake of strays) wake();
    return { kind: 'stay' };
  };

  let storages: BrowserContext;
  try {
    await watchTraffic(await chromium.newBrowserCDPSession(), decide);
    storages = await chromium.newContext({ baseURL: baseUrl });
    storages.setDefaultTimeout(context.timeoutMs);
  } catch (error) {
    await chromium.close();
    throw error;
  }

  return {
    clientUser,
    gone: gone.promise,
    open: () => openPage(storages, pages),
    pageOf: (frame) => pages.get(frame),
    newest: () => storages.pages().at(-1),
    follow(frame, own) {
      logins.set(frame, own);
      return () => {
        if (logins.get(frame) === own) logins.delete(frame);
      };
    },
    strayLogin: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => resolve();
        strays.add(wake);
        signal.addEventListener('abort', () => strays.delete(wake), { once: true });
      }),
    async look() {
      if (!chromium.isConnected()) return;
      context.record({ kind: 'storage', user, entries: await lookIntoStorage(storages, context.redact) });
    },
    async close() {
      closing = true;
      await chromium.close({ reason: 'the session has ended' });
    },
  };
}

function isLogin(url: URL): boolean {
  return /\/services\/oauth2\/authorize(\/|$)/.test(url.pathname);
}

/** Returns a function that records refused addresses, each once and up to a limit. */
function refusalNotes(context: SessionContext, user: string): (url: URL) => void {
  const refused = new Set<string>();
  return (url) => {
    const bare = context.redact(withoutQuery(url.href)).text.slice(0, 2_000);
    if (refused.has(bare) || refused.size >= mostRefused) return;
    refused.add(bare);
    context.record({ kind: 'visit', step: 'page', user, url: bare, detail: ELSEWHERE });
  };
}

/** Opens a page, and keeps it in `pages` under its frame id until it is closed. */
async function openPage(storages: BrowserContext, pages: Map<string, Page>): Promise<OpenPage> {
  const page = await storages.newPage();
  const session = await storages.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  // Equal requests would wait for each other at the cache and never meet at a gate.
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  pages.set(targetInfo.targetId, page);
  page.once('close', () => pages.delete(targetInfo.targetId));
  return { page, frame: targetInfo.targetId };
}
