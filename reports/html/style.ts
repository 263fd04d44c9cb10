/** The page's style: readable on screen and paper, light and dark by the reader's setting; every pair of colours has a contrast of 4.5:1
 * or more. */
import { styleOf } from './assets.ts';

const PARTS = ['colours', 'type', 'frame', 'masthead', 'parts', 'checks', 'scenarios', 'race', 'print'];

/** Returns the style of the report, followed by the style sheets that only another page needs. */
export function pageStyle(...more: readonly URL[]): string {
  return styleOf(...PARTS.map((part) => new URL(`./style/${part}.css`, import.meta.url)), ...more);
}
