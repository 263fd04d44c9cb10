/** Draws a race as SVG, without style attributes, which the page's policy forbids. */
import { markup } from '../markup.ts';
import type { Html } from '../markup.ts';
import type { Bar, Diagram } from './layout.ts';

const BAR = 12;

/** Draws a diagram.
 * @param name prefix of the ids in the drawing; must not contain client text.
 * @param shows returns whether the page shows an event, so that a link can lead to it */
export function drawing(diagram: Diagram, name: string, shows: (seq: number) => boolean, title: string): Html {
  const { width, height, lanes, bars, band, marks, ticks } = diagram;
  const bottom = height - 26;
  return markup`<svg
    class="sequence"
    width=${width}
    height=${height}
    viewBox=${`0 0 ${String(width)} ${String(height)}`}
    role="group"
    aria-labelledby=${`${name}-title`}
  >
    <title id=${`${name}-title`}>${title}</title>
    <defs>
      <pattern id=${`${name}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatch" x1="0" y1="0" x2="0" y2="7" />
      </pattern>
    </defs>
    <rect class="band" x=${band.left} y="26" width=${band.right - band.left} height=${bottom - 26} />
    <rect x=${band.left} y="26" width=${band.right - band.left} height=${bottom - 26} fill=${`url(#${name}-hatch)`} />
    <text class="band-text" x=${band.left} y="19">${band.text}</text>
    ${ticks.map(({ x, text }) => markup`<line class="tick" x1=${x} x2=${x} y1="26" y2=${bottom} /><text class="time" x=${x} y=${bottom + 18}>${text}</text>`)}
    ${lanes.map(({ y, name: lane }) => markup`<line class="lane" x1="78" x2=${width} y1=${y} y2=${y} /><text class="lane-name" x="4" y=${y + 4}>${lane}</text>`)}
    ${
      marks.length > 0 &&
      markup`<g class="harness">
        ${marks.map(({ x, number }) => markup`<line class="mark" x1=${x} x2=${x} y1="26" y2=${bottom} /><text class="mark-text" x=${x} y=${bottom + 4}>${number}</text>`)}
      </g>`
    }
    ${bars.map((one) => (shows(one.seq) ? markup`<a href=${`#event-${String(one.seq)}`}>${bar(one)}</a>` : markup`<g>${bar(one)}</g>`))}
  </svg>`;
}

function bar({ left, right, y, tone, asked, answered, title }: Bar): Html {
  return markup`
    <title>${title}</title>
    <rect class=${`bar ${tone}`} x=${left} y=${y - BAR / 2} width=${Math.max(4, right - left)} height=${BAR} rx="3" />
    <text class="asked" x=${left} y=${y - BAR / 2 - 4}>${asked}</text>
    <text class=${`answered ${tone}`} x=${left} y=${y + BAR / 2 + 13}>${answered}</text>
  `;
}
