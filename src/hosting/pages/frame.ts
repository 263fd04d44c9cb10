/** Renders the frame of every page of the service: head, navigation, style. No page has a script. */
import { renderToString } from 'preact-render-to-string';
import { icon } from '../../../reports/html/icon.ts';
import { markup, type Html } from '../../../reports/html/markup.ts';
import { pageStyle } from '../../../reports/html/style.ts';
import { readable } from '../../../reports/text/printable.ts';
import { humanInstant, RUN_SEALS, RUN_VERDICTS } from '../../../reports/text/words.ts';
import type { RunView } from '../store/organisation.ts';

/** Returns the style sheet of all pages. */
export const style = (): string => pageStyle(new URL('./pages.css', import.meta.url));

/** The parts of a page. */
export interface FrameParts {
  readonly title: string;
  /** Whether to show the navigation of an organisation. */
  readonly signedIn: boolean;
  /** Leads there at once, and by a link. */
  readonly next?: string;
  readonly body: Html;
}

const PLACES = [
  ['/', 'Apps and runs'],
  ['/tokens', 'Tokens'],
  ['/sign-in-rules', 'Sign-in'],
  ['/webhooks', 'Webhooks'],
  ['/audit', 'Audit log'],
] as const;

/** Renders a whole page. */
export function frame({ title, signedIn, next, body }: FrameParts): string {
  const page = markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      ${next !== undefined && markup`<meta http-equiv="refresh" content=${`0; url=${next}`} />`}
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>
      <a class="skip" href="#main">Skip to the content</a>
      ${signedIn && navigation()}
      <main class="hosted" id="main" tabindex="-1">
        <h1>${title}</h1>
        ${body}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${readable(renderToString(page))}\n`;
}

function navigation(): Html {
  return markup`<nav class="places" aria-label="Service">
    ${PLACES.map(([href, name]) => markup`<a href=${href}>${name}</a>`)}
    <form method="post" action="/sign-out"><button type="submit">Sign out</button></form>
  </nav>`;
}

/** Renders the verdict of a run, or why it has none. */
export function verdictBadge({ verdict, state }: Pick<RunView, 'verdict' | 'state'>): Html {
  if (verdict !== null && Object.hasOwn(RUN_VERDICTS, verdict)) {
    const known = verdict as keyof typeof RUN_VERDICTS;
    const { word, tone } = RUN_VERDICTS[known];
    return markup`<span class=${`badge ${tone}`}>${icon(RUN_SEALS[known])}${word}</span>`;
  }
  return markup`<span class="badge quiet">${state === 'ended' ? 'Not judged' : 'Running'}</span>`;
}

/** Renders a button that sends a form without fields. */
export const button = (action: string, label: string): Html =>
  markup`<form method="post" action=${action}><button type="submit">${label}</button></form>`;

/** Renders a page that shows a secret, once. */
export function secretPage(
  title: string,
  { secret, about = '', back }: { readonly secret: string; readonly about?: string; readonly back: string },
): string {
  const body = markup`<p>${about} It is shown this once.</p>
    <pre tabindex="0"><code>${secret}</code></pre>
    <p><a href=${back}>Back</a></p>`;
  return frame({ title, signedIn: true, body });
}

/** Renders a table. */
export const table = (columns: readonly string[], rows: readonly (readonly unknown[])[]): Html =>
  markup`<table>
    <thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table>`;

/** Renders an instant. */
export const instant = (at: Date): string => humanInstant(at.toISOString());

/**
 * Renders a page that leads to another one at once. A redirect would not do: it takes a form to no other origin (CSP, form-action), and
 * a strict cookie is not sent when the way began at another one.
 */
export const passage = (title: string, next: string): string =>
  frame({ title, signedIn: false, next, body: markup`<p><a href=${next}>Go on</a></p>` });
