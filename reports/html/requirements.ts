/** Renders the partner rule: one line for each requirement, worst first; its text and its checks are folded. */
import type { ReportCheck, ReportRequirement } from '../../src/grade/report.ts';
import type { Attestation } from '../../src/history/event.ts';
import { oneLine } from '../text/printable.ts';
import { VERDICTS, VERDICT_ORDER, humanDay, requirementWord, wordOf } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, badge, line, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders the section. */
export function requirements(context: PageContext): Html {
  const byId = new Map(context.report.checks.map((check) => [check.id, check]));
  const worstFirst = context.report.requirements.toSorted(
    (a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict),
  );
  return markup`<section id="requirements" aria-labelledby="requirements-title">
    <h2 id="requirements-title">The partner rule</h2>
    <p class="lead">${`Requirement set ${oneLine(context.report.run.rules, 40)}. A requirement is as good as the worst of its checks.`}</p>
    <div class="lines">
      ${worstFirst.map((requirement) => row(requirement, byId, context))} ${objection(context)}
    </div>
  </section>`;
}

function row(
  requirement: ReportRequirement,
  byId: ReadonlyMap<string, ReportCheck>,
  { later, report }: PageContext,
): Html {
  const { id, title, verdict, due } = requirement;
  const word = requirementWord(requirement, report.checks);
  return markup`<details class="requirement" id=${anchor('requirement', id)}>
    <summary>
      ${badge(verdict, word)}<span class="title">${line(title, 200)}</span
      ><span class="small muted nowrap due">due ${humanDay(due)}</span>
    </summary>
    ${later.part(`requirement:${id}`, details(requirement, byId))}
  </details>`;
}

function details(requirement: ReportRequirement, byId: ReadonlyMap<string, ReportCheck>): Html {
  const { id, rule, source, note, attestation, checks } = requirement;
  return markup`<p>${line(rule, 600)}</p>
    ${note !== undefined && markup`<p class="note">${line(note, 600)}</p>`}
    ${attestation !== undefined && markup`<p class="note">${attested(attestation)}</p>`}
    <ul class="chips">
      ${checks.map((check) => chip(check, byId.get(check)))}
      ${checks.length === 0 && markup`<li class="muted small">No check answers it: a person does.</li>`}
    </ul>
    <p class="small muted"><code>${id}</code> · ${oneLine(source, 200)}</p>`;
}

function chip(id: string, check: ReportCheck | undefined): Html {
  if (check === undefined) return markup`<li><span class="chip quiet">${id}</span></li>`;
  const { tone } = VERDICTS[check.verdict];
  const word = wordOf(check);
  return markup`<li>
    <a class=${`chip ${tone}`} href=${`#${anchor('check', id)}`} title=${word}
      >${icon(check.verdict)} ${id}<span class="sr"> ${word}</span></a
    >
  </li>`;
}

function attested({ by, at, proof, until }: Attestation): string {
  const day = (text: string): string => humanDay(oneLine(text, 40));
  return `Attested by ${oneLine(by, 120)} on ${day(at)}; proof: ${oneLine(proof, 300)}; holds until ${day(until)}. Not tested.`;
}

/** The specification that advises against rotation; docs/rotation.md discusses it. */
const FAPI = 'https://openid.net/specs/fapi-security-profile-2_0.html';

/** Renders, folded, why rotation is graded although FAPI 2.0 advises against it. */
function objection({ later }: PageContext): Html {
  return markup`<details class="group" id="objection">
    <summary>Why rotation, although FAPI 2.0 advises against it</summary>
    ${later.part(
      'objection',
      markup`<p class="body">
        <a href=${FAPI} rel="noreferrer">FAPI 2.0, section 5.3.2.1</a>, asks authorization servers not to rotate the refresh tokens of
        confidential clients whose tokens are bound to them; Salesforce requires rotation of every partner app and documents no time in
        which a used token still works, so a client stores the new token before it uses it, retries a lost answer once, and lets one
        process refresh at a time (docs/rotation.md).
      </p>`,
    )}
  </details>`;
}
