/** The page's style. Calm, readable on paper, light and dark by the reader's choice; every pair of colours has 4.5:1 or more. */
import { styleOf } from './assets.ts';

const PARTS = ['colours', 'type', 'frame', 'masthead', 'parts', 'checks', 'scenarios', 'race', 'print'];

/** Returns the style of the report, followed by what only another page has. */
export function pageStyle(...more: readonly URL[]): string {
  return styleOf(...PARTS.map((part) => new URL(`./style/${part}.css`, import.meta.url)), ...more);
}
