/** Detects pages that render parameters of the callback's URL as markup (RFC 6749 §4.1.2.1 allows any text in error_description). */
import type { Page } from './fetch.ts';

/** Returns the parameters of a callback whose values contain a tag. */
export function markupOf(url: URL): ReadonlyMap<string, string> {
  return new Map([...url.searchParams].filter(([, value]) => /<[a-z!/]/i.test(value)));
}

/** Returns the names of the parameters that the page renders unescaped. A page that is not HTML shows them as text. */
export function reflected(markup: ReadonlyMap<string, string>, { body, contentType }: Page): readonly string[] {
  // Without a content type browsers guess, and a tag makes them guess HTML.
  const html = contentType === undefined || /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
  return html ? [...markup].flatMap(([name, value]) => (body.includes(value) ? [name] : [])) : [];
}
