/** Renders one check, folded to a line: what happened, the evidence, why it matters, how to fix it. */
import type { ReportCheck, ReportScenarioVerdict } from '../../src/grade/report.ts';
import { evidenceOf } from '../evidence/lines.ts';
import type { EvidenceLine } from '../evidence/lines.ts';
import { oneLine } from '../text/printable.ts';
import { VERDICTS, count, wordOf } from '../text/words.ts';
import { assistantButton } from './assistant.ts';
import type { PageContext } from './context.ts';
import { arrow } from './icon.ts';
import { anchor, badge, line, markup, prose } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders a check as a line that can be opened. */
export function check(one: ReportCheck, context: PageContext): Html {
  const { tone } = VERDICTS[one.verdict];
  return markup`<details
    class=${`check ${tone}`}
    id=${anchor('check', one.id)}
    data-verdict=${one.verdict}
    data-level=${one.level}
    data-suite=${one.suite}
  >
    <summary>
      ${badge(one.verdict, wordOf(one))}<code class="id">${one.id}</code><span class="title">${line(one.title, 240)}</span>
      <span class=${`level ${one.level === 'MUST' ? 'must' : ''}`}>${one.level}</span>
    </summary>
    ${context.later.part(`check:${one.id}`, body(one, context))}
  </details>`;
}

function body(one: ReportCheck, context: PageContext): Html {
  const long = context.limits.text * 6;
  const met = one.verdict === 'pass' || one.verdict === 'info' || one.verdict === 'skip';
  return markup`
    ${part('What happened', happened(one, long))} ${evidence(one, context)}
    ${part('Why it matters', markup`<p>${line(one.why ?? one.title, long)}</p>`)}
    ${one.remedy !== undefined && !met && part(one.verdict === 'fail' || one.verdict === 'warn' ? 'Fix' : 'Next step', markup`<div class="remedy">${prose(one.remedy, long)}</div>`)}
    ${sources(one)} ${one.verdict === 'fail' && assistantButton(one, context)}
  `;
}

/** Renders a titled part of a check. */
export const part = (title: string, content: Html): Html =>
  markup`<dl class="part">
    <dt>${title}</dt>
    <dd>${content}</dd>
  </dl>`;

/** Renders the message, the diagnosis, and the check or baseline entry that limits the verdict. */
export function happened({ message, diagnosis, blockedBy, baseline }: ReportCheck, limit: number): Html {
  return markup`<div class="happened">
    ${prose(ownMessage(message, blockedBy), limit)} ${diagnosis !== undefined && prose(diagnosis, limit)}
    ${
      blockedBy !== undefined &&
      markup`<p class="note">Blocked by <a href=${`#${anchor('check', blockedBy)}`}>${blockedBy}</a>: fix that first, then run again.</p>`
    }
    ${
      baseline !== undefined &&
      markup`<p class="note">
        ${`Accepted by the baseline: ${oneLine(baseline.reason, 300)}${baseline.until === undefined ? '' : `, until ${oneLine(baseline.until, 40)}`}. It stays a failure.`}
      </p>`
    }
  </div>`;
}

/** Returns the message of a blocked check without the sentence that every blocked check begins with. */
export function ownMessage(message: string, blockedBy: string | undefined): string {
  return blockedBy === undefined ? message : message.replace(/^Cannot be judged while \S+ fails: /, '');
}

/** Renders references and requirements of a check. */
export function sources({ references, requirements }: ReportCheck): Html {
  if (references.length + requirements.length === 0) return null;
  return markup`<p class="small muted sources">
    ${references.map((reference) => oneLine(reference, 120)).join(' · ')}${references.length > 0 && requirements.length > 0 && ' · '}
    ${requirements.map((id, index) => markup`${index > 0 && ' · '}<a href=${`#${anchor('requirement', id)}`}>${id}</a>`)}
  </p>`;
}

function evidence({ scenarios, message }: ReportCheck, context: PageContext): Html {
  if (scenarios.length === 0) return null;
  return part(
    'Evidence',
    markup`<ul class="evidence">
      ${scenarios.map((scenario) => scenarioEvidence(scenario, message, context))}
    </ul>`,
  );
}

/** Renders the evidence of a verdict in one scenario, line by line. */
export function scenarioEvidence(scenario: ReportScenarioVerdict, known: string, context: PageContext): Html {
  const lines = evidenceOf(scenario.evidence, context.trail);
  const most = context.limits.lines;
  const rest = lines.length - most;
  const own = scenario.message === undefined || scenario.message === known ? undefined : scenario.message;
  return markup`<li>
    <p>
      ${badge(scenario.verdict)} in${' '}<a href=${`#${anchor('scenario', scenario.id)}`}>${oneLine(scenario.id, 80)}</a>
      ${own !== undefined && markup`: ${line(own, context.limits.text * 2)}`}
    </p>
    ${lines.length > 0 && markup`<ol class="events">${lines.slice(0, most).map((one) => markup`<li>${eventLine(one, context)}</li>`)}</ol>`}
    ${rest > 0 && markup`<p class="small muted">${count(rest, 'further line')}, by number in report.json</p>`}
  </li>`;
}

/** Renders one line of evidence, with a link to the exchange when the page shows it. */
export function eventLine({ seqs, asked, answered }: EvidenceLine, { selection }: PageContext): Html {
  const [seq = 0] = seqs;
  const number = markup`<span class="seq">#${seq}</span>`;
  const text = answered === undefined ? asked : markup`${asked} ${arrow()} ${answered}`;
  return selection.shows(seq)
    ? markup`<a href=${`#${anchor('event', seq)}`}>${number} ${text}</a>`
    : markup`${number} ${text} <span class="small muted">(line ${seq} of history.jsonl)</span>`;
}
