/** What a person sees where the platform shows an error and sends nobody back. */
import type { Context } from 'koa';
import { escape, framed, showPage } from './frame.ts';

/** Whether a person's browser asks: programs, and the harness's own browser, are told in the platform's bare text. */
export const asksForPage = (ctx: Context, { browser }: { readonly browser: boolean }): boolean =>
  !browser && /\btext\/html\b/.test(ctx.get('Accept'));

/** Answers with a page. @param text as a program would be told */
export function showError(ctx: Context, title: string, sentence: string, text?: string): void {
  const told = text === undefined ? '' : `\n<p>A program is told: <code>${escape(text)}</code></p>`;
  showPage(ctx, framed(title, `<p class="complaint" role="alert">${escape(sentence)}</p>${told}`));
}
