/** Logs in in a page of one tab. */
import type { VisitTask } from '../agent/task.ts';
import type { BrowserConfig } from '../config.ts';
import { clientText, type ActionAnswer, type SessionContext } from '../driver.ts';
import { deadline, within } from '../process/deadline.ts';
import { act } from './action.ts';
import { settled, shown } from './arrival.ts';
import { createPageLogin } from './login.ts';
import type { Occupancy } from './occupancy.ts';
import type { OpenPage, Profile } from './profile.ts';

/** The tab that logs in, and its login. */
export interface TabLoginParts {
  readonly profile: Profile;
  readonly config: BrowserConfig;
  readonly context: SessionContext;
  readonly occupancy: Occupancy;
}

/** Milliseconds within which an application that reports its login as done must have navigated to the mock. */
const leadMs = 5_000;

/** Logs in in a page and delivers the callback to the application.
 * @param aside whether the page is an additional tab beside those in use */
export async function logInPage(
  { profile, config, context, occupancy }: TabLoginParts,
  task: VisitTask,
  { page, frame }: OpenPage,
  aside: boolean,
): Promise<ActionAnswer> {
  const { baseUrl } = config;
  const { timeoutMs } = context;
  const login = createPageLogin({
    task,
    browserKey: context.browserKey,
    load: async (at, url) => {
      const taker = profile.pageOf(at) ?? profile.newest();
      await taker?.goto(url, { timeout: timeoutMs }).catch(() => undefined);
    },
    settled: (at) => settled(profile.pageOf(at), timeoutMs),
    shown: (at) => shown(profile.pageOf(at), timeoutMs),
  });
  const unfollow = profile.follow(frame, login);
  if (!aside) void login.taken.then(() => occupancy.leave());
  if (!aside) occupancy.occupy(task.signal);
  try {
    const beforeLast = (): Promise<unknown> => Promise.race([login.taken, deadline(timeoutMs, task.signal)]);
    const place = { page, baseUrl, timeoutMs, shared: !aside && occupancy.busy > 1, asks: false, beforeLast };
    const answer = await Promise.race([clientSaid(context, act(config.authorize, place)), login.failedEarly]);
    if (answer.result === 'ok' && task.progress.delivered !== true) {
      // A function of the configuration may have reported the end while the page still showed its previous content.
      const taken = await within(Promise.race([login.taken, login.failedEarly]), Math.min(leadMs, timeoutMs));
      if (taken) await settled(page, timeoutMs);
    }
    await login.delivered();
    const html = task.markup.size > 0 ? await page.content().catch(() => '') : '';
    login.look({ frame, url: page.url(), html });
    if (answer.result !== 'ok' || task.progress.redirected) return answer;
    return { result: 'failed', error: 'the application did not lead to the login', reason: 'no-login' };
  } finally {
    unfollow();
  }
}

/** Returns an answer with its error redacted, because the client wrote the page. */
export async function clientSaid(context: SessionContext, work: Promise<ActionAnswer>): Promise<ActionAnswer> {
  const { error, ...answer } = await work;
  return error === undefined ? answer : { ...answer, error: clientText(context, error) };
}
