/** Does in a page what the configuration says for one action, and reads from the page how it went. */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '@playwright/test';
import type { BrowserStep, PageAction } from '../config.ts';
import type { ActionAnswer } from '../driver.ts';

export interface ActionPlace {
  readonly page: Page;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Another action is under way in this page: it must not be loaded anew beneath it. */
  readonly shared: boolean;
  /** For `status`: what is waited for and does not come means "not connected". */
  readonly asks: boolean;
  /** Runs before the last thing is waited for: the page may still show what it showed before. */
  readonly beforeLast?: () => Promise<unknown>;
}

/** Performs an action in a page. Never rejects. */
export async function act(action: PageAction, place: ActionPlace): Promise<ActionAnswer> {
  try {
    if (typeof action === 'function') return answerOf(await action(place.page), place.asks);
    const all: readonly BrowserStep[] = Array.isArray(action) ? action : [action];
    for (const [index, step] of all.entries()) {
      await begin(step, place);
      if (index === all.length - 1) await place.beforeLast?.();
      const ended = await awaitSigns(step, place);
      if (ended !== undefined) return ended;
    }
    return { result: 'ok', ...(place.asks ? { connected: true } : {}) };
  } catch (error) {
    const text = plain(error instanceof Error ? error.message : String(error));
    const late = error instanceof Error && error.name === 'TimeoutError' && typeof action !== 'function';
    if (late && place.asks) return { result: 'ok', connected: false };
    return { result: late ? 'timed-out' : 'failed', error: text };
  }
}

async function begin(step: BrowserStep, { page, baseUrl, timeoutMs, shared }: ActionPlace): Promise<void> {
  if (step.goto !== undefined) {
    const url = placeOf(step.goto, baseUrl);
    if (!shared || page.url() !== url) await page.goto(url, { timeout: timeoutMs });
  }
  if (step.click !== undefined) await page.locator(step.click).first().click({ timeout: timeoutMs });
}

/** Resolves with an answer when the page shows that it failed; undefined: go on. */
async function awaitSigns(
  step: BrowserStep,
  { page, timeoutMs, asks }: ActionPlace,
): Promise<ActionAnswer | undefined> {
  const signs = [
    { selector: step.waitFor, answer: undefined },
    { selector: step.reauthorizeOn, answer: { result: 'failed', reauthorize: true } },
    { selector: step.failsOn, answer: { result: 'failed' } },
  ] as const;
  const awaited = signs.flatMap(({ selector, answer }) =>
    selector === undefined ? [] : [{ locator: page.locator(selector).filter({ visible: true }), answer }],
  );
  const [first, ...others] = awaited;
  if (first === undefined) return undefined;
  const any = others.reduce((all, { locator }) => all.or(locator), first.locator).first();
  await any.waitFor({ state: 'visible', timeout: timeoutMs });
  for (const { locator, answer } of awaited) {
    if ((await locator.count()) === 0) continue;
    if (answer === undefined) return undefined;
    const error = plain(await locator.first().innerText({ timeout: timeoutMs }));
    return asks ? { result: 'ok', connected: false } : { ...answer, error };
  }
  // It was there and is gone again.
  return undefined;
}

/** Resolves a path of the application. `baseUrl` may have a path of its own: the application lives below it. */
export function placeOf(goto: string, baseUrl: string): string {
  const base = new URL(baseUrl);
  if (!goto.startsWith('/')) return new URL(goto, base.href).href;
  return new URL(base.pathname.replace(/\/$/, '') + goto, base.origin).href;
}

/**
 * What a function of the configuration says of its action: nothing or true is ok, false is not (of `status`: connected, not connected);
 * an object has the words of an adapter's answer.
 */
function answerOf(said: unknown, asks: boolean): ActionAnswer {
  if (typeof said !== 'object' || said === null) {
    if (asks) return { result: 'ok', connected: said !== false };
    return { result: said === false ? 'failed' : 'ok' };
  }
  const { ok, status, error, reauthorize, connected } = said as Readonly<Record<string, unknown>>;
  const good = ok !== false && error === undefined;
  return {
    result: good ? 'ok' : 'failed',
    ...(typeof status === 'number' && Number.isInteger(status) ? { status } : {}),
    ...(typeof error === 'string' ? { error: plain(error) } : {}),
    ...(typeof reauthorize === 'boolean' ? { reauthorize } : {}),
    ...(typeof connected === 'boolean' ? { connected } : {}),
  };
}

/** One line without the colours of Playwright's messages. */
function plain(text: string): string {
  return stripVTControlCharacters(text.slice(0, 4_000)).replace(/\s+/g, ' ').trim();
}
