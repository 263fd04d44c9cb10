/** The page with an error that is not sent back to the client. */
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';
import { escape, framed, page } from './frame.ts';

/** Returns whether a person's browser asks. Programs, and the harness's own browser, get the platform's bare text. */
export const asksForPage = ({ browser, header }: Exchange): boolean =>
  !browser && /\btext\/html\b/.test(header('Accept'));

/** Returns a page with an error. @param text what a program gets instead */
export function errorPage(status: number, title: string, sentence: string, text?: string): Reply {
  const shown = text === undefined ? '' : `\n<p>A program gets: <code>${escape(text)}</code></p>`;
  return page(framed(title, `<p class="complaint" role="alert">${escape(sentence)}</p>${shown}`), {}, status);
}
