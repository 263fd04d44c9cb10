/** Renders the frame of the mock's pages: no assets, and a sentence that names the mock. */
import { DISCLOSURE } from './disclosure.ts';
import type { Reply, ReplyHeaders } from '../reply.ts';

/** The values of `display`. */
export const DISPLAYS = ['page', 'popup', 'touch', 'mobile'] as const;

/** A value of the parameter `display`. */
export type Display = (typeof DISPLAYS)[number];

/** Returns a page around `content`, which is HTML. */
export function framed(title: string, content: string, display: Display = 'page'): string {
  return `<!doctype html>
<html lang="en" data-display="${display}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} (mock of Salesforce)</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
  form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  input, button { font: inherit; padding: .5rem .75rem; max-width: 100%; box-sizing: border-box; }
  .note, .complaint { border-left: .25rem solid; padding-left: .75rem; }
  [data-display=popup] body { font-size: 14px; max-width: 24rem; margin: 0 auto; }
  [data-display=popup] h1 { font-size: 1.25rem; margin: .5rem 0; }
  [data-display=popup] form { gap: .5rem; }
  [data-display=touch] body { max-width: none; margin: 0; }
  [data-display=touch] :is(input, button) { width: 100%; min-height: 3rem; }
  [data-display=mobile] body { font: 1rem/1.25 sans-serif; max-width: none; margin: 0; padding: .25rem; }
  [data-display=mobile] form { display: block; }
</style>
<main>
<h1>${escape(title)}</h1>
<p class="note">${DISCLOSURE} It wants no password: never type one here.</p>
${content}
</main>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text safe inside HTML and its attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** Returns a page that loads nothing, runs nothing and may not be framed. `headers` take precedence over those of the page. */
export const page = (html: string, headers: ReplyHeaders = {}, status = 200): Reply => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    ...headers,
  },
  body: html,
});
