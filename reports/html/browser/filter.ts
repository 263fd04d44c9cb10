/** The filter over checks: `s:fail level:must @races text !text`. It is kept in the address, as `#q=…`. */
import { all, byId } from './dom.ts';

export interface Filter {
  readonly input: HTMLInputElement;
  readonly checks: readonly HTMLDetailsElement[];
  /** Shows the checks that match `query`, and keeps it in the address. */
  show(query: string): void;
  /** As `show`, without touching the address. */
  set(query: string): void;
}

/** Shows the form, which the page keeps hidden while no script runs, and makes it work. */
export function startFilter(): Filter {
  const input = byId('query') as HTMLInputElement;
  const checks = all<HTMLDetailsElement>('details.check');
  const suites = all('section.suite');
  const presets = all('button[data-query]');
  const texts = new Map(checks.map((check) => [check, check.textContent.toLowerCase()]));

  const apply = (): void => {
    const query = input.value.trim();
    const terms = query.split(/\s+/).filter((word) => word !== '');
    let count = 0;
    for (const check of checks) {
      check.hidden = !terms.every((term) => matches(check, texts.get(check) ?? '', term));
      if (!check.hidden) count += 1;
    }
    for (const suite of suites) suite.hidden = suite.querySelector('details.check:not([hidden])') === null;
    byId('nothing').hidden = count > 0;
    byId('found').textContent = terms.length === 0 ? '' : `${count} of ${checks.length} checks shown.`;
    for (const button of presets) button.setAttribute('aria-pressed', String(button.dataset['query'] === query));
  };
  const set = (query: string): void => {
    input.value = query;
    apply();
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
  apply();
  return { input, checks, show, set };
}

/** Tells whether a check matches one word of the filter; `!` turns it round. */
function matches(check: HTMLElement, text: string, term: string): boolean {
  const not = term.startsWith('!') && term.length > 1;
  const word = (not ? term.slice(1) : term).toLowerCase();
  const { verdict = '', level = '', suite = '' } = check.dataset;
  const found = word.startsWith('s:')
    ? among(verdict, word.slice(2))
    : word.startsWith('level:')
      ? among(level, word.slice(6))
      : word.startsWith('@')
        ? among(suite, word.slice(1))
        : text.includes(word);
  return found !== not;
}

/** Tells whether a value begins with one of a list such as `fail,error`. */
function among(value: string, list: string): boolean {
  return list.split(',').some((one) => one !== '' && value.toLowerCase().startsWith(one));
}

/** Puts the filter into the address, where the viewer allows it. */
function remember(query: string): void {
  try {
    history.replaceState(null, '', query === '' ? '#checks' : `#q=${encodeURIComponent(query)}`);
  } catch {
    // Some viewers of local files forbid it; the filter works without.
  }
}
