/** The traceability table: the partner rule, when it is due, whether it is met, and the checks behind it. */
import type { ReportCheck, ReportRequirement } from '../../src/grade/report.ts';
import { oneLine } from '../text/printable.ts';
import { VERDICTS, humanDay } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { anchor, badge, html } from './markup.ts';
import type { Html } from './markup.ts';

export function requirements({ report }: PageContext): Html {
  const byId = new Map(report.checks.map((check) => [check.id, check]));
  return html`<section id="requirements" aria-labelledby="requirements-title">
    <h2 id="requirements-title">The partner rule</h2>
    <p class="lead">
      Each sentence of the rule, and the checks that answer it. A requirement is as good as the worst of its checks.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="requirements-title">
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
  </section>`;
}

function row(requirement: ReportRequirement, byId: ReadonlyMap<string, ReportCheck>): Html {
  const { id, title, rule, source, due, verdict, attestation, note } = requirement;
  return html`<tr id=${anchor('requirement', id)}>
    <th scope="row">
      <span class="title">${oneLine(title, 200)}</span>
      <p class="rule">${oneLine(rule, 600)}</p>
      ${note !== undefined && html`<p class="note">${oneLine(note, 600)}</p>`}
      ${
        attestation !== undefined &&
        html`<p class="note">
          Attested by ${oneLine(attestation.by, 120)} on ${humanDay(oneLine(attestation.at, 40))}; proof:
          ${oneLine(attestation.proof, 300)}; holds until ${humanDay(oneLine(attestation.until, 40))}. Not tested.
        </p>`
      }
      <p class="small muted"><code>${id}</code> · ${oneLine(source, 200)}</p>
    </th>
    <td class="nowrap">${humanDay(due)}</td>
    <td>${badge(verdict)}</td>
    <td>
      <ul class="chips">
        ${requirement.checks.map((check) => {
          const { tone, mark, word } = VERDICTS[byId.get(check)?.verdict ?? 'inconclusive'];
          return byId.has(check)
            ? html`<li>
                <a class=${`chip ${tone}`} href=${`#${anchor('check', check)}`} title=${word}
                  ><span aria-hidden="true">${mark}</span> ${check}<span class="sr"> ${word}</span></a
                >
              </li>`
            : html`<li><span class="chip quiet">${check}</span></li>`;
        })}
        ${requirement.checks.length === 0 && html`<li class="muted small">none: people answer it</li>`}
      </ul>
    </td>
  </tr>`;
}
