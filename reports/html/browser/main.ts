/** The script of the report's page: filter, keys, places in the address, copying. It reads the page and never writes markup. */
import { startCurlButtons } from './curl.ts';
import { byId } from './dom.ts';
import { startFilter } from './filter.ts';

/** Verdicts whose details are printed. */
const PRINTED = ['fail', 'error', 'inconclusive', 'review', 'warn'];

const filter = startFilter();
const { checks, input } = filter;

/** Goes to the place that the address names, and opens what it is folded in. */
function go(): void {
  const hash = location.hash.slice(1);
  if (hash.startsWith('q=')) {
    filter.set(decoded(hash.slice(2)));
    return;
  }
  const target = hash === '' ? null : document.getElementById(hash);
  if (target === null) return;
  if (target.closest<HTMLElement>('details.check')?.hidden === true) filter.set('');
  for (let node: Element | null = target; node !== null; node = node.parentElement)
    if (node instanceof HTMLDetailsElement) node.open = true;
  target.scrollIntoView();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Opens the next check that is shown, or the one before. */
function step(by: 1 | -1): void {
  const shown = checks.filter((check) => !check.hidden);
  const at = shown.findIndex((check) => check.contains(document.activeElement));
  const next = shown[at === -1 ? (by > 0 ? 0 : shown.length - 1) : at + by];
  if (next === undefined) return;
  next.open = true;
  next.querySelector('summary')?.focus();
  next.scrollIntoView({ block: 'start' });
}

const keys: Readonly<Record<string, () => void>> = {
  '/': () => input.focus(),
  f: () => filter.show('s:fail,error'),
  p: () => filter.show('s:pass'),
  a: () => filter.show(''),
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
};

const fold = byId('fold');
fold.addEventListener('click', () => {
  const open = fold.getAttribute('aria-pressed') !== 'true';
  fold.setAttribute('aria-pressed', String(open));
  fold.textContent = open ? 'Close all' : 'Open all';
  for (const check of checks) check.open = open;
});
addEventListener('hashchange', go);
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target === input) {
    if (event.key !== 'Escape') return;
    filter.show('');
    input.blur();
    return;
  }
  if (event.target instanceof Element && event.target.closest('input, textarea, select, .scroll, pre') !== null) return;
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});
addEventListener('beforeprint', () => {
  for (const check of checks) if (PRINTED.includes(check.dataset['verdict'] ?? '')) check.open = true;
});
startCurlButtons();
go();
