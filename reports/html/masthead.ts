/** The top of the page: the verdict in a sentence, the numbers, and what decided it. */
import { oneLine } from '../text/printable.ts';
import {
  RUN_SEALS,
  RUN_VERDICTS,
  VERDICTS,
  count,
  countWords,
  deciding,
  humanDuration,
  humanInstant,
  tally,
} from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, badge, markup } from './markup.ts';
import type { Html } from './markup.ts';

const KINDS: Readonly<Record<string, string>> = {
  'external-client-app': 'External client app',
  'connected-app': 'Connected app',
};

export function masthead({ report }: PageContext): Html {
  const { app, run, tool, verdict } = report;
  const { word, tone, meaning } = RUN_VERDICTS[verdict];
  const facts: readonly (readonly [string, string])[] = [
    ['App', `${KINDS[app.kind] ?? app.kind}, ${app.client} client`],
    ['Tested', humanInstant(run.startedAt)],
    ['Took', humanDuration(run.durationMs)],
    ['Tool', `${tool.name} ${tool.version}`],
    ['Run', run.id],
  ];
  return markup`<header class="masthead" id="top">
    <p class="eyebrow">Salesforce partner requirements · PKCE and refresh token rotation</p>
    <div class=${`verdict ${tone}`}>
      <div class="seal">${icon(RUN_SEALS[verdict])}</div>
      <div>
        <h1>${oneLine(app.name, 120)} <span class="word">${word}</span></h1>
        <p class="sentence">${oneLine(report.summary, 800) || meaning}</p>
        ${
          run.observed &&
          markup`<p class="aside">
            The strict login was refused, so from then on the mock recorded instead of enforcing. Verdicts are the same
            either way.
          </p>`
        }
        ${run.partial && markup`<p class="aside"><strong>Partial run.</strong> ${oneLine(run.partialReason ?? 'Not everything was selected.')}</p>`}
      </div>
    </div>
    ${numbers(report.checks)}
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${oneLine(value, 160)}</dd>
          </div>`,
      )}
    </dl>
    ${decision(report.checks, verdict)}
  </header>`;
}

function numbers(checks: PageContext['report']['checks']): Html {
  return markup`<ul class="numbers" aria-label="Checks by verdict">
    ${countWords(checks).map(
      ({ verdict, word, n }) =>
        markup`<li class=${VERDICTS[verdict].tone}>
          <span class="n">${n}</span>
          <span class="what">${icon(verdict)} ${word}</span>
        </li>`,
    )}
  </ul>`;
}

function decision(checks: PageContext['report']['checks'], verdict: PageContext['report']['verdict']): Html {
  const decisive = deciding(checks);
  if (verdict === 'compliant' || verdict === 'partial' || decisive.length === 0)
    return markup`<section class="decided" aria-labelledby="decided">
      <h2 id="decided">What decided it</h2>
      <p>${RUN_VERDICTS[verdict].meaning} ${musts(checks)}</p>
    </section>`;
  return markup`<section class="decided" aria-labelledby="decided">
    <h2 id="decided">What decided it</h2>
    <p class="muted">
      ${RUN_VERDICTS[verdict].meaning} ${decisive.length === 1 ? 'This one:' : `These ${String(decisive.length)}:`}
    </p>
    <ul class="decisive">
      ${decisive.slice(0, 40).map(
        (check) =>
          markup`<li>
            ${badge(check.verdict)}
            <div>
              <a href=${`#${anchor('check', check.id)}`}><code>${check.id}</code> ${oneLine(check.title, 200)}</a>
              <p>${oneLine(check.message, 400)}</p>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Of the required behaviours: how many held, how many do not apply. */
function musts(checks: PageContext['report']['checks']): string {
  const all = checks.filter(({ level }) => level === 'MUST');
  const { skip, pass, info, warn, review } = tally(all);
  const held = pass + info + warn + review;
  const left = all.filter(({ reason }) => reason === 'not-selected').length;
  const rest = [
    skip === left ? undefined : `${String(skip - left)} do not apply`,
    left === 0 ? undefined : `${String(left)} ${left === 1 ? 'was' : 'were'} not selected`,
  ].filter((part) => part !== undefined);
  return `${[`${count(held, 'required behaviour')} held`, ...rest].join('; ')}.`;
}
