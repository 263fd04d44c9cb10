/** Records the page where the harness's browser ends. */
import type { Visit } from '../../history/event.ts';
import { clientText } from '../driver.ts';
import type { Page } from './fetch.ts';
import { reflected } from './markup.ts';
import { note, type VisitEnd, type VisitTask } from './task.ts';

/** Records a page; of an error page also its visible text. */
export function arrive(task: VisitTask, url: URL, page: Page, more: Partial<Visit> = {}): VisitEnd {
  const { status } = page;
  const atMock = task.browser.isMock(url);
  const words = (): string => (atMock ? wordsOf(page.body) : clientText(task.context, wordsOf(page.body)));
  const detail = status >= 400 ? task.context.redact(words()).text.slice(0, 300) : '';
  const shown = task.markup.size === 0 ? {} : { markup: reflected(task.markup, page) };
  note(task, 'page', url.href, { ...more, ...shown, status, ...(detail === '' ? {} : { detail }) });
  return { kind: 'page', status, atMock, detail };
}

/** Returns the visible text of an error page. */
export function wordsOf(body: string): string {
  return body
    .slice(0, 20_000)
    .replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
