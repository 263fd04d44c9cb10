/** The traceability table: the partner rule, when it is due, whether it is met, and the checks behind it. */
import type { ReportCheck, ReportRequirement } from '../../src/grade/report.ts';
import type { Attestation } from '../../src/history/event.ts';
import { oneLine } from '../text/printable.ts';
import { VERDICTS, humanDay } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, badge, markup } from './markup.ts';
import type { Html } from './markup.ts';

export function requirements({ report }: PageContext): Html {
  const byId = new Map(report.checks.map((check) => [check.id, check]));
  return markup`<section id="requirements" aria-labelledby="requirements-title">
    <h2 id="requirements-title">The partner rule</h2>
    <p class="lead">
      Each sentence of the rule, and the checks that answer it. A requirement is as good as the worst of its checks.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Requirements and verdicts">
      <table class="requirements">
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            <th scope="col">Due</th>
            <th scope="col">Verdict</th>
            <th scope="col">Checks</th>
          </tr>
        </thead>
        <tbody>
          ${report.requirements.map((requirement) => row(requirement, byId))}
        </tbody>
      </table>
    </div>
    ${signature()}
  </section>`;
}

/** On paper only: where the reviewer signs. */
function signature(): Html {
  const lines = ['Reviewed by', 'Organisation', 'Date', 'Signature'];
  return markup`<dl class="signature">
    ${lines.map(
      (line) =>
        markup`<div>
          <dt>${line}</dt>
          <dd></dd>
        </div>`,
    )}
  </dl>`;
}

function row(requirement: ReportRequirement, byId: ReadonlyMap<string, ReportCheck>): Html {
  const { id, title, rule, source, due, verdict, attestation, note } = requirement;
  return markup`<tr id=${anchor('requirement', id)}>
    <th scope="row">
      <span class="title">${oneLine(title, 200)}</span>
      <p class="rule">${oneLine(rule, 600)}</p>
      ${note !== undefined && markup`<p class="note">${oneLine(note, 600)}</p>`}
      ${attestation !== undefined && markup`<p class="note">${attested(attestation)}</p>`}
      <p class="small muted"><code>${id}</code> · ${oneLine(source, 200)}</p>
    </th>
    <td class="nowrap">${humanDay(due)}</td>
    <td>${badge(verdict)}</td>
    <td>
      <ul class="chips">
        ${requirement.checks.map((check) => {
          const verdict = byId.get(check)?.verdict ?? 'inconclusive';
          const { tone, word } = VERDICTS[verdict];
          return byId.has(check)
            ? markup`<li>
                <a class=${`chip ${tone}`} href=${`#${anchor('check', check)}`} title=${word}
                  >${icon(verdict)} ${check}<span class="sr"> ${word}</span></a
                >
              </li>`
            : markup`<li><span class="chip quiet">${check}</span></li>`;
        })}
        ${requirement.checks.length === 0 && markup`<li class="muted small">none: people answer it</li>`}
      </ul>
    </td>
  </tr>`;
}

function attested({ by, at, proof, until }: Attestation): string {
  const day = (text: string): string => humanDay(oneLine(text, 40));
  return `Attested by ${oneLine(by, 120)} on ${day(at)}; proof: ${oneLine(proof, 300)}; holds until ${day(until)}. Not tested.`;
}
