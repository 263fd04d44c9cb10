/** Runs the report's page: builds parts when they are opened, filters, handles keys and links, copies and prints. */
import { startCopying } from './copy.ts';
import { all, buttonOf, byId } from './dom.ts';
import { startFilter } from './filter.ts';
import { fill, fillAll, reveal } from './later.ts';

const filter = startFilter();
const { input } = filter;

/** Scrolls to the element that the address names, and opens the folded elements around it. */
function go(): void {
  const hash = location.hash.slice(1);
  if (hash.startsWith('q=')) {
    filter.set(decoded(hash.slice(2)));
    return;
  }
  const target = hash === '' ? null : reveal(hash);
  if (target === null) return;
  if (document.body.classList.contains('filtering')) filter.set('');
  for (let node: Element | null = target; node !== null; node = node.parentElement)
    if (node instanceof HTMLDetailsElement) {
      fill(node);
      node.open = true;
    }
  target.scrollIntoView();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Opens the next visible check, or the previous one. */
function step(by: 1 | -1): void {
  const shown = filter.shown();
  const at = shown.findIndex((check) => check.contains(document.activeElement));
  const next = shown[at === -1 ? (by > 0 ? 0 : shown.length - 1) : at + by];
  if (next === undefined) return;
  if (next instanceof HTMLDetailsElement) next.open = true;
  (next.querySelector('summary') ?? next).focus();
  next.scrollIntoView({ block: 'start' });
}

/** Prints the certificate, or the whole page. */
function print(what: string): void {
  const appendix = what === 'appendix';
  if (appendix) fillAll(document.body);
  document.documentElement.classList.toggle('with-appendix', appendix);
  window.print();
}

const keys: Readonly<Record<string, () => void>> = {
  '/': () => input.focus(),
  f: () => filter.show('s:fail,error'),
  p: () => filter.show('s:pass'),
  a: () => filter.show(''),
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
};

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open) fill(target);
  },
  { capture: true },
);
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
document.addEventListener('click', (event) => {
  const { print: what } = buttonOf(event, '[data-print]')?.dataset ?? {};
  if (what !== undefined) print(what);
});
byId('print-tools').hidden = false;
for (const tools of all('.tools')) tools.hidden = false;
startCopying();
go();
