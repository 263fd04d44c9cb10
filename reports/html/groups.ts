/** Renders the checks that did not fail: blocked, open, to review, warnings, passed, not applicable. Those that need no attention are
 * folded. */
import type { ReportCheck } from '../../src/grade/report.ts';
import { blockedGroups } from '../evidence/causes.ts';
import { count } from '../text/words.ts';
import { check } from './checks.ts';
import type { PageContext } from './context.ts';
import { anchor, line, markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders the checks that need a person's attention. */
export function openGroups(context: PageContext): Html {
  const { checks } = context.report;
  const is = (verdict: ReportCheck['verdict']) => (one: ReportCheck) =>
    one.verdict === verdict && one.blockedBy === undefined;
  return markup`
    ${blocked(context)}
    ${list('open', 'Not exercised', 'They apply, but what would show them never happened. They do not count as met.', checks.filter(is('inconclusive')), context)}
    ${list('errors', 'Faults of the tool', 'They say nothing about the client. Please report them.', checks.filter(is('error')), context)}
    ${list('reviews', 'To review', 'A person has to look.', checks.filter(is('review')), context)}
    ${list('warnings', 'Warnings', 'Recommended, and not met. They do not change the verdict.', checks.filter(is('warn')), context)}
  `;
}

/** Renders the checks that need no attention, each kind as one line. */
export function calmGroups(context: PageContext): Html {
  const { checks } = context.report;
  const is = (verdict: ReportCheck['verdict']): readonly ReportCheck[] =>
    checks.filter((one) => one.verdict === verdict);
  const because = (why: NonNullable<ReportCheck['reason']>): readonly ReportCheck[] =>
    is('skip').filter(({ reason = 'not-applicable' }) => reason === why);
  return markup`<section id="calm" aria-labelledby="calm-title">
    <h2 id="calm-title">Everything else</h2>
    <div class="lines">
      ${folded('passed', `${String(is('pass').length)} passed`, bySuite(is('pass'), context), context)}
      ${folded('information', `${String(is('info').length)} for information`, bySuite(is('info'), context), context)}
      ${folded('not-applicable', notApplicable(because('not-applicable')), byReason(because('not-applicable'), context), context)}
      ${folded('not-selected', `${String(because('not-selected').length)} not selected`, bySuite(because('not-selected'), context), context)}
      ${folded(
        'not-recorded',
        `${String(because('not-recorded').length)} not recorded: newer than this history`,
        bySuite(because('not-recorded'), context),
        context,
      )}
    </div>
  </section>`;
}

function notApplicable(own: readonly ReportCheck[]): string {
  const settings = own.filter(({ suite }) => suite === 'settings').length;
  const hint = settings > 20 ? ', most of them because the settings of the app were not given' : '';
  return `${String(own.length)} not applicable${hint}`;
}

function folded(id: string, title: string, content: Html, { later }: PageContext): Html {
  if (title.startsWith('0 ')) return null;
  return markup`<details class="group" id=${id}>
    <summary>${title}</summary>
    ${later.part(`group:${id}`, content)}
  </details>`;
}

function bySuite(checks: readonly ReportCheck[], context: PageContext): Html {
  const suites = Map.groupBy(checks, ({ suite }) => suite);
  return [...suites].map(
    ([suite, members]) =>
      markup`<h3 class="suite"><code>${suite}</code></h3>
        ${members.map((one) => check(one, context))}`,
  );
}

/** Renders inapplicable checks grouped by reason: thirty checks without settings become one line. */
function byReason(checks: readonly ReportCheck[], context: PageContext): Html {
  const reasons = Map.groupBy(checks, ({ message }) => message);
  return [...reasons].map(
    ([reason, members]) =>
      markup`<h3 class="suite">${line(reason, 300)} <span class="small muted">${count(members.length, 'check')}</span></h3>
        ${members.map((one) => check(one, context))}`,
  );
}

function blocked(context: PageContext): Html {
  const groups = blockedGroups(context.report.checks);
  if (groups.length === 0) return null;
  const total = groups.reduce((sum, [, members]) => sum + members.length, 0);
  return markup`<section id="blocked" aria-labelledby="blocked-title">
    <h2 id="blocked-title">${count(total, 'check')} blocked</h2>
    <p class="lead">They say nothing of their own until the check that blocks them passes. They do not count as met.</p>
    <div class="lines">
      ${groups.map(
        ([blocker, members]) =>
          markup`<details class="group" id=${anchor('blocked', blocker)}>
            <summary>
              ${count(members.length, 'check')} blocked by <code>${blocker}</code>
              <span class="small muted ids">${members.map(({ id }) => id).join(', ')}</span>
            </summary>
            ${context.later.part(`blocked:${blocker}`, markup`<p class="small"><a href=${`#${anchor('check', blocker)}`}>Go to ${blocker}</a></p>${members.map((one) => check(one, context))}`)}
          </details>`,
      )}
    </div>
  </section>`;
}

function list(id: string, title: string, lead: string, checks: readonly ReportCheck[], context: PageContext): Html {
  if (checks.length === 0) return null;
  return markup`<section id=${id} aria-labelledby=${`${id}-title`}>
    <h2 id=${`${id}-title`}>${title} <span class="muted">${checks.length}</span></h2>
    <p class="lead">${lead}</p>
    ${checks.map((one) => check(one, context))}
  </section>`;
}
