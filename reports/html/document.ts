/** The frame of a page that stands alone: one file, no network, guarded by its own policy. */
import { renderToString } from 'preact-render-to-string';

import { readable } from '../text/printable.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { contentSecurityPolicy } from './security.ts';

export interface DocumentParts {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/** The whole file. Style and script are ours and hold no client text: they alone are written as they are. */
export function renderDocument({ title, style, script, body }: DocumentParts): string {
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
      <script dangerouslySetInnerHTML=${{ __html: script }}></script>
    </body>
  </html>`;
  // Each text was cleaned where it was put; this holds for those that somebody forgot.
  return `<!doctype html>\n${readable(renderToString(page))}\n`;
}
