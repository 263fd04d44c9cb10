/** Renders the top of the page: the verdict, why, and what to do next. */
import type { Report } from '../../src/grade/report.ts';
import type { Cause } from '../evidence/causes.ts';
import { notGradedSentence } from '../text/not-graded.ts';
import { oneLine } from '../text/printable.ts';
import { RUN_SEALS, RUN_VERDICTS, VERDICTS, count, deciding, humanInstant, sequence } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, line, markup } from './markup.ts';
import type { Html } from './markup.ts';
import { nextSteps } from './next-steps.ts';
import { tallyLine } from './tally.ts';

const KINDS: Readonly<Record<string, string>> = {
  'external-client-app': 'External Client App',
  'connected-app': 'Connected App',
};

/** Most reasons in the header. */
const MOST_REASONS = 6;

/** Renders the header. */
export function masthead(context: PageContext): Html {
  const { report, causes } = context;
  const { app, run, tool, verdict } = report;
  const { word, tone } = RUN_VERDICTS[verdict];
  return markup`<header class="masthead" id="top">
    <p class="eyebrow">Salesforce partner requirements · ${oneLine(report.run.rules, 40)}</p>
    <div class=${`verdict ${tone}`}>
      <div class="seal">${icon(RUN_SEALS[verdict])}</div>
      <div>
        <h1>${oneLine(app.name, 120)} <span class="word">${word}</span></h1>
        <p class="sentence">${banner(report, causes)}</p>
        ${
          run.observed &&
          markup`<p class="aside">
            Strict mode refused the first login, so the mock recorded the rest without enforcing the rule. The verdicts
            are the same either way.
          </p>`
        }
        ${run.partial && markup`<p class="aside"><strong>Partial run.</strong> ${line(run.partialReason ?? 'Not everything was selected.')}</p>`}
      </div>
    </div>
    ${tallyLine(report.checks)} ${reasons(context)} ${nextSteps(context)}
    <p class="facts small muted">
      ${[
        `${KINDS[app.kind] ?? oneLine(app.kind, 60)}, ${oneLine(app.client, 40)} client`,
        humanInstant(run.startedAt),
        `${tool.name} ${tool.version}`,
        `run ${oneLine(run.id, 80)}`,
        ...(run.recordedBy === undefined ? [] : [`recorded by ${oneLine(run.recordedBy, 120)}`]),
      ].join(' · ')}
    </p>
  </header>`;
}

/** Returns the headline: "Client behaviour: not compliant. 6 of 32 required behaviours failed, for 3 causes. Not graded: PKCE enabled, …" */
function banner({ verdict, checks, requirements, summary }: Report, causes: readonly Cause[]): string {
  const musts = checks.filter((check) => check.level === 'MUST' && check.verdict !== 'skip');
  const bad = deciding(checks).length;
  const reason =
    verdict === 'non-compliant'
      ? `${String(bad)} of ${count(musts.length, 'required behaviour')} failed, for ${count(causes.length, 'cause')}.`
      : verdict === 'inconclusive' && bad > 0
        ? `Nothing required failed, but ${String(bad)} of ${count(musts.length, 'required behaviour')} could not be judged.`
        : RUN_VERDICTS[verdict].meaning;
  return [
    ...(verdict === 'partial'
      ? [oneLine(summary, 800)]
      : [`Client behaviour: ${RUN_VERDICTS[verdict].word.toLowerCase()}.`, reason]),
    notGradedSentence(requirements),
  ].join(' ');
}

/** Renders the reasons: a line for each cause, or for each MUST that was not exercised. */
function reasons({ report, causes }: PageContext): Html {
  const open = causes.length > 0 ? [] : deciding(report.checks);
  if (causes.length === 0 && open.length === 0) return null;
  return markup`<section class="reasons" aria-labelledby="why-title">
    <h2 id="why-title">${causes.length > 0 ? 'Why it failed' : 'Why there is no verdict'}</h2>
    <ol>
      ${causes.slice(0, MOST_REASONS).map(causeLine)}
      ${open.slice(0, MOST_REASONS).map(
        ({ id, title, message, verdict }) =>
          markup`<li>
            ${icon(verdict)} <a href=${`#${anchor('check', id)}`}><code>${id}</code> ${line(title, 160)}</a>
            <span class="muted">${VERDICTS[verdict].word}: ${line(message, 160)}</span>
          </li>`,
      )}
    </ol>
    ${causes.length + open.length > MOST_REASONS && markup`<p class="small muted">and ${causes.length + open.length - MOST_REASONS} more below</p>`}
  </section>`;
}

function causeLine({ lead, also, blocked }: Cause): Html {
  const others = [
    also.length === 0 ? undefined : `also ${sequence(also.map(({ id }) => id))}`,
    blocked.length === 0 ? undefined : `blocks ${count(blocked.length, 'check')}`,
    lead.baseline === undefined ? undefined : 'accepted by the baseline',
  ].filter((part) => part !== undefined);
  return markup`<li>
    ${icon('fail')} <a href=${`#${anchor('check', lead.id)}`}><code>${lead.id}</code> ${line(lead.message, 260)}</a>
    ${others.length > 0 && markup`<span class="muted small">${others.join(', ')}</span>`}
  </li>`;
}
