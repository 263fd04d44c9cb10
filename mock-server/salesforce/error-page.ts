/** Renders the page with an error that is not returned to the client. */
import type { Exchange } from '../recorder/exchange.ts';
import type { Reply } from '../reply.ts';
import { escape, framed, page } from './frame.ts';

/** Returns whether a user's browser sent the request. Programs and the harness's own browser get Salesforce's plain text. */
export const asksForPage = ({ browser, header }: Exchange): boolean =>
  !browser && /\btext\/html\b/.test(header('Accept'));

/** Returns a page with an error.
 * @param text the answer for programs */
export function errorPage(status: number, title: string, sentence: string, text?: string): Reply {
  const shown = text === undefined ? '' : `\n<p>A program gets: <code>${escape(text)}</code></p>`;
  return page(framed(title, `<p class="complaint" role="alert">${escape(sentence)}</p>${shown}`), {}, status);
}
