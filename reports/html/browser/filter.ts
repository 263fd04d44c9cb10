/** Filters the checks with a query such as `s:fail level:must @races text !text`, which is kept in the address as `#q=…`. */
import { all, byId } from './dom.ts';
import { fill, textOfPart } from './later.ts';

/** The groups that contain checks; they are folded while there is no filter. */
const GROUPS = '#failures .cause, #blocked .group, #open, #errors, #reviews, #warnings, #calm .group';

/** The filter form, controlled by the page's keyboard shortcuts and its address. */
export interface Filter {
  readonly input: HTMLInputElement;
  /** Returns the checks that are shown, in the order of the page. */
  shown(): readonly HTMLElement[];
  /** Shows the checks that match `query`, and keeps it in the address. */
  show(query: string): void;
  /** Shows the checks that match `query` and leaves the address unchanged. */
  set(query: string): void;
}

/** Shows the form, which is hidden while no script runs, and handles its input. */
export function startFilter(): Filter {
  const input = byId('query') as HTMLInputElement;
  const presets = all('button[data-query]');
  const shown = (): readonly HTMLElement[] => all('.check').filter((check) => !check.hidden && check.checkVisibility());

  const set = (query: string): void => {
    input.value = query;
    const terms = query.split(/\s+/).filter((word) => word !== '');
    apply(terms);
    for (const button of presets) button.setAttribute('aria-pressed', String(button.dataset['query'] === query.trim()));
  };
  const show = (query: string): void => {
    set(query);
    remember(query.trim());
  };

  const form = byId('filter');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', () => show(input.value));
  for (const button of presets) button.addEventListener('click', () => show(button.dataset['query'] ?? ''));
  return { input, shown, show, set };
}

/** Shows the checks that match all terms. While there are terms, the page shows nothing but checks. */
function apply(terms: readonly string[]): void {
  const filtering = terms.length > 0;
  document.body.classList.toggle('filtering', filtering);
  if (filtering) for (const group of all('#blocked .group, #calm .group')) fill(group);
  const checks = all('.check');
  for (const check of checks) check.hidden = !terms.every((term) => matches(check, term));
  for (const group of all(GROUPS)) {
    const found = group.querySelector('.check:not([hidden])') !== null;
    group.hidden = filtering && !found;
    if (filtering && group instanceof HTMLDetailsElement) group.open = found;
  }
  const count = checks.filter(({ hidden }) => !hidden).length;
  byId('nothing').hidden = !filtering || count > 0;
  byId('found').textContent = filtering ? `${count} of ${checks.length} checks shown.` : '';
}

/** Returns whether a check matches one term of the filter; `!` negates it. */
function matches(check: HTMLElement, term: string): boolean {
  const not = term.startsWith('!') && term.length > 1;
  const word = (not ? term.slice(1) : term).toLowerCase();
  const { verdict = '', level = '', suite = '' } = check.dataset;
  const found = word.startsWith('s:')
    ? among(verdict, word.slice(2))
    : word.startsWith('level:')
      ? among(level, word.slice(6))
      : word.startsWith('@')
        ? among(suite, word.slice(1))
        : textOfCheck(check).includes(word);
  return found !== not;
}

/** Returns the text of a check, including its folded parts that are not built yet. */
function textOfCheck(check: HTMLElement): string {
  return `${check.textContent} ${textOfPart(check.id.replace('check-', 'check:'))}`.toLowerCase();
}

/** Returns whether a value begins with an entry of a list such as `fail,error`. */
function among(value: string, list: string): boolean {
  return list.split(',').some((one) => one !== '' && value.toLowerCase().startsWith(one));
}

/** Writes the filter to the address, where the viewer allows it. */
function remember(query: string): void {
  try {
    history.replaceState(null, '', query === '' ? '#top' : `#q=${encodeURIComponent(query)}`);
  } catch {
    // Some viewers of local files forbid it; the filter works without it.
  }
}
