/** Renders the filter over all checks. It needs the script and is hidden without it. */
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

const PRESETS = [
  ['All', ''],
  ['Failed', 's:fail,error'],
  ['Not settled', 's:inconclusive,review,warn'],
  ['Passed', 's:pass'],
  ['MUST only', 'level:must'],
] as const;

/** Renders the form. */
export function filterForm(): Html {
  return markup`<form class="filter" role="search" id="filter" hidden>
    <div class="row">
      <label for="query" class="sr">Filter checks</label>
      <input
        id="query"
        type="search"
        autocomplete="off"
        spellcheck="false"
        placeholder="Filter checks: s:fail @races"
        aria-describedby="filter-help"
      />
      ${PRESETS.map(([name, query]) => markup`<button type="button" data-query=${query} aria-pressed="false">${name}</button>`)}
    </div>
    <details class="small muted">
      <summary>How to filter, and keys</summary>
      <p id="filter-help">
        <code>s:</code> verdict, <code>level:</code> must, should or info, <code>@</code> suite, <code>!</code> not. Keys:
        <kbd>/</kbd> search, <kbd>f</kbd> failed, <kbd>p</kbd> passed, <kbd>a</kbd> all, <kbd>←</kbd>
        <kbd>→</kbd> previous and next. The address keeps the filter.
      </p>
    </details>
    <p id="found" class="small" role="status" aria-live="polite"></p>
    <p id="nothing" class="empty" hidden>No check matches. <button type="button" data-query="">Show all</button></p>
  </form>`;
}
