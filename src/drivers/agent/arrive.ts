/** The page where a walk ends. */
import type { Visit } from '../../history/event.ts';
import type { Page } from './fetch.ts';
import { reflected } from './markup.ts';
import { note, type VisitEnd, type VisitTask } from './task.ts';

/** Writes down the page; of an error page also what a reader would read. */
export function arrive(task: VisitTask, url: URL, page: Page, more: Partial<Visit> = {}): VisitEnd {
  const { status } = page;
  const detail = status >= 400 ? task.context.redact(wordsOf(page.body)).text.slice(0, 300) : '';
  const shown = task.markup.size === 0 ? {} : { markup: reflected(task.markup, page) };
  note(task, 'page', url.href, { ...more, ...shown, status, ...(detail === '' ? {} : { detail }) });
  return { kind: 'page', status, atMock: task.browser.isMock(url), detail };
}

/** What a reader of an error page would read. */
export function wordsOf(body: string): string {
  return body
    .slice(0, 20_000)
    .replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
