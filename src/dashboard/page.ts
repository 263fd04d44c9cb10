/** Renders the live page as the server sends it; its script fills in the changing parts. */
import { renderToString } from 'preact-render-to-string';
import { icon } from '../../reports/html/icon.ts';
import { badge, markup, type Html } from '../../reports/html/markup.ts';
import { oneLine, readable } from '../../reports/text/printable.ts';
import { RUN_SEALS, RUN_VERDICTS, VERDICTS, VERDICT_ORDER } from '../../reports/text/words.ts';
import type { RunVerdict } from '../grade/report.ts';
import type { BoardFrame } from './board.ts';

/** Renders the entrance for a browser without a token: its script exchanges the ticket of the link, and replaces the document with the
 * page. */
export const door = (): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>sf-conformance · live</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/style.css" />
    <script src="/enter.js" defer></script>
  </head>
  <body><main class="live"><p id="door" role="status">One moment.</p></main></body>
</html>
`;

/** Renders the whole page. It contains nothing that the client under test sent.
 * @param scripted whether the page loads its script itself, because there is no entrance before it */
export function page(frame: BoardFrame, scripted = false): string {
  const title = `${oneLine(frame.app.name, 120)} · live`;
  const document = markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="style.css" />
      ${scripted && markup`<script src="script.js" defer></script>`}
    </head>
    <body>
      <a class="skip" href="#checks">Skip to the checks</a>
      <main class="live">
        ${top(frame)} ${instruction()}
        <div class="columns">
          <div class="do">${connectionDetails(frame)} ${actions(frame)} ${scenarios(frame)}</div>
          <div class="see">${exchanges()}</div>
        </div>
        ${checks(frame)}
        ${latest()} ${templates()}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${readable(renderToString(document))}\n`;
}

function top({ app, startsOver }: BoardFrame): Html {
  return markup`<header>
    <p class="eyebrow">
      Live session · a ${app.client} client · <span id="connection" role="status">connecting</span>
    </p>
    <div class="verdict unsure" id="verdict">
      <div class="seal" id="seal">${icon('inconclusive')}</div>
      <div>
        <h1>${oneLine(app.name, 120)} <span class="word" id="word">Inconclusive</span></h1>
        <p class="sentence" id="summary" role="status">Nothing has arrived yet.</p>
        <p class="aside" id="recording"></p>
      </div>
    </div>
    <div class="row">
      <button type="button" data-post="/write">Write the reports now</button>
      <a class="button" id="download" href="report" download="report.html" hidden>Download the report</a>
      <button type="button" data-post="/observe" id="observe" aria-pressed="false">Only record, refuse nothing</button>
      ${
        startsOver &&
        markup`<button type="button" data-post="/start-over" data-confirm="Writes the reports of this session and begins a new one, at the same addresses.">Start over</button>`
      }
      <button type="button" id="end">End the session</button>
      <span id="written" class="small muted" role="status"></span>
    </div>
  </header>`;
}

function instruction(): Html {
  return markup`<section id="now" aria-labelledby="now-title" hidden>
    <h2 id="now-title">Waiting for you</h2>
    <div id="instructions" aria-live="polite"></div>
    <div class="row"><button type="button" data-post="/stop">Stop this scenario</button></div>
  </section>`;
}

function connectionDetails({ connectionDetails: lines }: BoardFrame): Html {
  return markup`<section aria-labelledby="connectionDetails-title">
    <h2 id="connectionDetails-title">Type this into your client</h2>
    <dl class="connectionDetails">
      ${lines.map(
        ({ name, label, value }) =>
          markup`<div>
            <dt>${label}${name !== '' && markup`<code class="small muted">${name}</code>`}</dt>
            <dd><code>${value}</code> <button type="button" data-copy=${value} aria-label=${`Copy: ${label}`}>Copy</button></dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function actions(frame: BoardFrame): Html {
  return markup`<section aria-labelledby="actions-title">
    <h2 id="actions-title">Make something happen</h2>
    <p class="lead">
      Log in with your client, make calls, then press a button and see what your client does. What follows a refusal or a
      fault is recorded apart, and counts against nothing: where a scenario grades it, the button says which.
    </p>
    <ul class="actions">
      ${frame.actions.map(
        ({ id, label, hint, gradedBy, warning }) =>
          markup`<li>
            <button type="button" data-post=${`/actions/${id}`} id=${`action-${id}`} data-confirm=${warning} aria-describedby=${`hint-${id}`}>${label}</button>
            <span id=${`hint-${id}`} class="small muted">${hint}${gradedBy !== undefined && ` Graded by the scenario “${gradedBy}”.`}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function scenarios(frame: BoardFrame): Html {
  return markup`<section aria-labelledby="scenarios-title">
    <h2 id="scenarios-title">Be guided through a scenario</h2>
    <p class="lead">Says step by step what to do, and grades what your client does. Each can be run once a session.</p>
    <details id="scenarios">
      <summary>All ${frame.scenarios.length} scenarios</summary>
      <ul class="actions">
        ${frame.scenarios.map(
          ({ id, title, warning }) =>
            markup`<li>
              <button type="button" data-post=${`/guide/${id}`} id=${`guide-${id}`} data-confirm=${warning} aria-describedby=${`title-${id}`}><code>${id}</code></button>
              <span id=${`title-${id}`} class="small muted">${title}</span>
            </li>`,
        )}
      </ul>
    </details>
  </section>`;
}

function checks(frame: BoardFrame): Html {
  const suites = Map.groupBy(frame.checks, ({ suite }) => suite);
  return markup`<section id="checks" aria-labelledby="checks-title" tabindex="-1">
    <h2 id="checks-title">Checks</h2>
    <p class="lead">
      They change while you work. <span id="counts" role="status"></span>
    </p>
    ${[...suites].map(
      ([suite, members]) =>
        markup`<section class="suite" aria-labelledby=${`suite-${suite}`}>
          <h3 id=${`suite-${suite}`}><code>${suite}</code></h3>
          <ul class="checks">
            ${members.map(
              ({ id, title, level }) =>
                markup`<li class="live-check unsure" id=${`check-${id}`} data-check=${id}>
                  <span class="slot">${badge('inconclusive')}</span>
                  <code class="id">${id}</code>
                  <span><strong>${title}</strong> <span class="level">${level}</span><span class="message small muted"></span></span>
                </li>`,
            )}
          </ul>
        </section>`,
    )}
  </section>`;
}

function exchanges(): Html {
  return markup`<section aria-labelledby="exchanges-title">
    <h2 id="exchanges-title">Exchanges</h2>
    <p class="lead">Newest first, the last 100. Tokens and codes are shown by their labels.</p>
    <div class="scroll" tabindex="0" role="group" aria-label="Table of exchanges">
      <table class="exchanges">
        <thead>
          <tr><th scope="col">At</th><th scope="col">Request</th><th scope="col">Answer</th><th scope="col">Recorded under</th></tr>
        </thead>
        <tbody id="exchanges"></tbody>
      </table>
    </div>
  </section>`;
}

/** Renders the bar that stays visible while scrolling, so that the effect of a button can be seen. */
function latest(): Html {
  return markup`<aside class="latest" id="latest" aria-label="What happened last" hidden>
    <span id="last-exchange"></span>
    <ul id="last-settled"></ul>
  </aside>`;
}

/** Renders templates for the script to clone, so that it never writes markup. */
function templates(): Html {
  return markup`
    ${VERDICT_ORDER.map(
      (verdict) =>
        markup`<template id=${`badge-${verdict}`} data-tone=${VERDICTS[verdict].tone}>${badge(verdict)}</template>`,
    )}
    ${(Object.keys(RUN_SEALS) as RunVerdict[]).map(
      (verdict) =>
        markup`<template id=${`seal-${verdict}`} data-tone=${RUN_VERDICTS[verdict].tone} data-word=${RUN_VERDICTS[verdict].word}>${icon(RUN_SEALS[verdict])}</template>`,
    )}
  `;
}
