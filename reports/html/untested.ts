/** What was not tested, as visible as what was; and what a test from outside can never show. */
import type { ReportCheck } from '../../src/grade/report.ts';
import { LIMITS } from '../text/limits.ts';
import { oneLine } from '../text/printable.ts';
import { count, wordOf } from '../text/words.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';
import { anchor, badge, markup } from './markup.ts';
import type { Html } from './markup.ts';

interface Group {
  readonly verdict: 'inconclusive' | 'review' | 'error' | 'skip';
  readonly reason?: 'not-selected';
  readonly text: string;
}

const GROUPS = [
  { verdict: 'inconclusive', text: 'Applies, but what would show it never happened. It does not count as met.' },
  { verdict: 'review', text: 'A person must look.' },
  { verdict: 'error', text: 'The harness itself broke. Nothing is said about the client.' },
  { verdict: 'skip', text: 'Declared not to apply.' },
  { verdict: 'skip', reason: 'not-selected', text: 'Left out by the command line or the configuration.' },
] as const satisfies readonly Group[];

export function untested({ report }: PageContext): Html {
  const { run } = report;
  const attested = report.requirements.filter(({ verdict }) => verdict === 'attested');
  const open = report.requirements.filter(({ verdict }) => verdict === 'review');
  return markup`<section id="untested" aria-labelledby="untested-title">
    <h2 id="untested-title">What was not tested</h2>
    <p class="lead">Nothing here counts as passed.</p>
    ${
      report.notGraded.length > 0 &&
      markup`<ul class="plain">
        ${report.notGraded.slice(0, 100).map((line) => markup`<li>${oneLine(line, 600)}</li>`)}
      </ul>`
    }
    <div class="groups">
      ${GROUPS.map((one: Group) =>
        group(
          one,
          report.checks.filter(
            ({ verdict, reason }) =>
              verdict === one.verdict && (reason === 'not-selected') === (one.reason === 'not-selected'),
          ),
        ),
      )}
      ${
        (attested.length > 0 || open.length > 0) &&
        markup`<div class="group">
          <h3>
            For people to answer <span class="muted small">${count(attested.length + open.length, 'requirement')}</span>
          </h3>
          <p class="muted">No wire can show it. It is attested in the configuration, or open.</p>
          <ul class="plain">
            ${[...attested, ...open].map(
              ({ id, title, verdict }) =>
                markup`<li>${badge(verdict)} <a href=${`#${anchor('requirement', id)}`}>${oneLine(title, 200)}</a></li>`,
            )}
          </ul>
        </div>`
      }
    </div>
    <h3>The limits of a test from outside</h3>
    <ul class="plain">
      ${LIMITS.map((line) => markup`<li>${line}</li>`)}
      <li>
        Two waits bear on verdicts: after ${run.quietMs} ms of silence “no further request” was believed, and answers
        were held for ${run.holdMs} ms to see whether the client sends again.
      </li>
    </ul>
  </section>`;
}

function group({ verdict, reason, text }: Group, checks: readonly ReportCheck[]): Html {
  if (checks.length === 0) return null;
  return markup`<div class="group">
    <h3>
      ${icon(verdict)} ${wordOf({ verdict, reason })} <span class="muted small">${count(checks.length, 'check')}</span>
    </h3>
    <p class="muted">${text}</p>
    <ul class="plain">
      ${checks.map(
        (check) =>
          markup`<li>
            <a href=${`#${anchor('check', check.id)}`}><code>${check.id}</code></a> ${oneLine(check.message, 400)}${
              check.blockedBy !== undefined && markup` <span class="muted">Waits for ${check.blockedBy}.</span>`
            }
          </li>`,
      )}
    </ul>
  </div>`;
}
