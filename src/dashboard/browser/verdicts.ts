/** Shows the verdict of the session and of each check. */
import { all, byId } from '../../../reports/html/browser/dom.ts';
import type { BoardView } from '../board.ts';
import { make, setText, templateOf } from './node.ts';

/** Most checks in the bar at the bottom. */
const MOST_SETTLED = 4;

/** Rows in the order of the view's checks. */
const rows = all('[data-check]');
/** Rows whose verdict changed, newest first. */
let settled: readonly HTMLElement[] = [];

/** Shows all verdicts of a view. */
export function showVerdicts(view: BoardView): void {
  rows.forEach((row, index) => {
    const check = view.checks[index];
    if (check !== undefined) showCheck(row, check);
  });
  showSettled();
  showVerdict(view);
}

function showCheck(row: HTMLElement, { verdict, message }: BoardView['checks'][number]): void {
  if (row.dataset['verdict'] !== verdict) {
    const { content, tone } = templateOf(`badge-${verdict}`);
    row.querySelector('.slot')?.replaceChildren(content);
    const first = row.dataset['verdict'] === undefined;
    row.className = `live-check ${tone}${first ? '' : ' changed'}`;
    row.dataset['verdict'] = verdict;
    if (!first) settled = [row, ...settled.filter((other) => other !== row)].slice(0, MOST_SETTLED);
  }
  setText(row.querySelector('.message'), message);
}

function showSettled(): void {
  byId('last-settled').replaceChildren(
    ...settled.map((row) => {
      const link = make('a', row.dataset['check']);
      link.href = `#${row.id}`;
      const item = make('li');
      item.append(templateOf(`badge-${row.dataset['verdict'] ?? ''}`).content, ' ', link);
      return item;
    }),
  );
  if (settled.length > 0) byId('latest').hidden = false;
}

function showVerdict(view: BoardView): void {
  const box = byId('verdict');
  if (box.dataset['verdict'] !== view.verdict) {
    const { content, tone, word } = templateOf(`seal-${view.verdict}`);
    box.dataset['verdict'] = view.verdict;
    box.className = `verdict ${tone}`;
    byId('seal').replaceChildren(content);
    setText(byId('word'), word);
  }
  const tooLong = 'The history is too long for live verdicts; the report will hold them all.';
  setText(byId('summary'), view.full ? tooLong : view.summary);
  const count = (verdict: string): number => view.checks.filter((check) => check.verdict === verdict).length;
  const warnings = count('warn');
  setText(
    byId('counts'),
    `${count('pass')} passed, ${count('fail')} failed, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('inconclusive')} not settled.`,
  );
}
