/** Renders how many checks have which verdict, in one line; each number links to its checks. */
import type { ReportCheck } from '../../src/grade/report.ts';
import { icon } from './icon.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Renders the line. */
export function tallyLine(checks: readonly ReportCheck[]): Html {
  const blocked = checks.filter(({ blockedBy }) => blockedBy !== undefined).length;
  const has = (verdict: ReportCheck['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const left = checks.filter(({ reason }) => reason === 'not-selected').length;
  const older = checks.filter(({ reason }) => reason === 'not-recorded').length;
  const numbers = [
    { n: has('fail'), words: 'failed', mark: 'fail', tone: 'bad', to: 'failures' },
    { n: has('error'), words: 'with a fault of the tool', mark: 'error', tone: 'bad', to: 'errors' },
    { n: blocked, words: 'blocked', mark: 'inconclusive', tone: 'unsure', to: 'blocked' },
    { n: has('inconclusive') - blocked, words: 'not exercised', mark: 'inconclusive', tone: 'unsure', to: 'open' },
    { n: has('review'), words: 'to review', mark: 'review', tone: 'unsure', to: 'reviews' },
    { n: has('warn'), words: has('warn') === 1 ? 'warning' : 'warnings', mark: 'warn', tone: 'unsure', to: 'warnings' },
    { n: has('pass'), words: 'passed', mark: 'pass', tone: 'good', to: 'passed' },
    { n: has('info'), words: 'for information', mark: 'info', tone: 'quiet', to: 'information' },
    { n: has('skip') - left - older, words: 'not applicable', mark: 'skip', tone: 'quiet', to: 'not-applicable' },
    { n: left, words: 'not selected', mark: 'skip', tone: 'quiet', to: 'not-selected' },
    { n: older, words: 'not recorded', mark: 'skip', tone: 'quiet', to: 'not-recorded' },
  ] as const;
  return markup`<ul class="tally" aria-label="Checks by verdict">
    ${numbers
      .filter(({ n }) => n > 0)
      .map(
        ({ n, words, mark, tone, to }) =>
          markup`<li class=${tone}><a href=${`#${to}`}>${icon(mark)} <strong>${n}</strong> ${words}</a></li>`,
      )}
  </ul>`;
}
