/** Draws icons that distinguish verdicts without colour and without special fonts. They are hidden from screen readers, because a word
 * follows. */
import { html as template } from 'htm/preact';
import type { VNode } from 'preact';

import type { RequirementVerdict } from '../../src/grade/report.ts';

type IconName = RequirementVerdict | 'arrow' | 'alert';

/** Strokes in a square of 16 units. */
const STROKES: Readonly<Record<IconName, string>> = {
  fail: 'M4 4l8 8M12 4l-8 8',
  error: 'M5.5 3v6M5.5 12.9v.1M10.5 3v6M10.5 12.9v.1',
  inconclusive: 'M5.4 5.9a2.6 2.6 0 1 1 3.9 2.2C8.3 8.700 8 9.200 8 10M8 13v.1',
  review:
    'M1.500 8S4 3.600 8 3.600 14.500 8 14.500 8 12 12.400 8 12.400 1.500 8 1.500 8zM8 6.600a1.400 1.400 0 1 0 .01 0',
  warn: 'M8 2.800v6.400M8 12.900v.1',
  pass: 'M3 8.600l3.400 3.400L13 4.600',
  attested: 'M3 13l.7-2.900 7.300-7.300 2.200 2.200-7.300 7.300z',
  info: 'M8 7v6M8 3v.1',
  skip: 'M3.500 8h9',
  arrow: 'M2 8h11M9.500 4.500 13 8l-3.500 3.500',
  alert: 'M8 2l6.500 11.500h-13zM8 6.500v3.300M8 11.900v.1',
};

/** Renders the drawing of a verdict. */
export function icon(name: IconName): VNode {
  return template`<svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false"><path d=${STROKES[name]} /></svg>`;
}

/** Draws the arrow between a request and its answer, with a word for screen readers. */
export function arrow(): VNode {
  return template`<span>${icon('arrow')}<span class="sr"> answered </span></span>`;
}
