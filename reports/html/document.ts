/** Renders the frame of a self-contained page: one file, no network, restricted by its own Content Security Policy. */
import { renderToString } from 'preact-render-to-string';

import { readable } from '../text/printable.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { contentSecurityPolicy } from './security.ts';

/** The parts of a self-contained page. */
export interface DocumentParts {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  /** JSON that the script reads; it must be safe inside a `<script>` element. */
  readonly data?: string;
  readonly body: Html;
}

/** Renders the whole file. Style, script and data are embedded unescaped: the first two contain no client text, the last is escaped
 * already. */
export function renderDocument({ title, style, script, data, body }: DocumentParts): string {
  const page = markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${contentSecurityPolicy({ style, script })} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      <style dangerouslySetInnerHTML=${{ __html: style }}></style>
    </head>
    <body>
      ${body}
      ${data !== undefined && markup`<script type="application/json" id="later" dangerouslySetInnerHTML=${{ __html: data }}></script>`}
      <script dangerouslySetInnerHTML=${{ __html: script }}></script>
    </body>
  </html>`;
  // Each text was cleaned when it was rendered; this catches any that was missed.
  return `<!doctype html>\n${readable(renderToString(page))}\n`;
}
