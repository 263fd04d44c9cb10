/** Performs one action in a page as the configuration says, and reads the result from the page. */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '@playwright/test';
import type { BrowserStep, PageAction } from '../config.ts';
import type { ActionAnswer } from '../driver.ts';

/** Where and how an action is performed. */
export interface ActionPlace {
  readonly page: Page;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Whether another action is running in this page, which therefore must not be reloaded. */
  readonly shared: boolean;
  /** For `status`: a missing element means "not connected" instead of a failure. */
  readonly asks: boolean;
  /** Runs before the last element is awaited, because the page may still show its previous content. */
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

/** Resolves with an answer when the page shows a failure; with undefined otherwise. */
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
  // The element was there and has disappeared again.
  return undefined;
}

/** Resolves a path of the application below `baseUrl`, which may have a path itself. */
export function placeOf(goto: string, baseUrl: string): string {
  const base = new URL(baseUrl);
  if (!goto.startsWith('/')) return new URL(goto, base.href).href;
  return new URL(base.pathname.replace(/\/$/, '') + goto, base.origin).href;
}

/** Reads the return value of a function in the configuration: nothing or true is ok, false is not (for `status`: connected, not
 * connected); an object has the fields of an adapter's answer. */
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

/** Returns one line without the colours of Playwright's messages. */
function plain(text: string): string {
  return stripVTControlCharacters(text.slice(0, 4_000)).replace(/\s+/g, ' ').trim();
}
