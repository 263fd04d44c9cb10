/** Shows the table of requests and answers, newest first. */
import { byId } from '../../../reports/html/browser/dom.ts';
import type { EventOf } from '../../history/event.ts';
import { make, setText } from './node.ts';

const MOST_ROWS = 100;

/** Rows without an answer yet, by exchange. */
const open = new Map<number, { readonly asked: string; readonly answer: HTMLTableCellElement }>();

/** Adds a row for a request. */
export function showRequest(event: EventOf<'request'>): void {
  const { body, query, headers, method, path, t, scenario, exchange } = event;
  const token = [...body, ...query, ...headers].find(({ secret }) => /^(RT|AT|CODE)#/.test(secret?.label ?? ''));
  const asked = `${method} ${path}${token === undefined ? '' : ` with ${token.secret?.label ?? ''}`}`;
  const answer = make('td', '…');
  const row = make('tr');
  row.append(make('td', `${(t / 1000).toFixed(1)} s`), make('td', asked), answer, make('td', scenario));
  const table = byId('exchanges') as HTMLTableSectionElement;
  table.prepend(row);
  open.set(exchange, { asked, answer });
  while (table.rows.length > MOST_ROWS) table.lastElementChild?.remove();
}

/** Fills in the answer, and repeats request and answer in the bar at the bottom. */
export function showResponse(event: EventOf<'response'>): void {
  const row = open.get(event.exchange);
  open.delete(event.exchange);
  if (row === undefined) return;
  const { status, error, deniedBy, fault, delivered, issued } = event;
  const parts = [
    String(status),
    error,
    deniedBy === undefined ? undefined : `refused: ${deniedBy}`,
    fault === undefined ? undefined : `fault: ${fault}`,
    delivered === 'complete' ? undefined : delivered,
    issued?.code?.label,
    issued?.accessToken?.label,
    issued?.refreshToken?.label,
  ];
  const answer = parts.filter((part) => part !== undefined).join(' · ');
  setText(row.answer, answer);
  row.answer.className = status >= 400 || delivered !== 'complete' ? 'bad' : 'good';
  setText(byId('last-exchange'), `${row.asked}: ${answer}`);
  byId('latest').hidden = false;
}
