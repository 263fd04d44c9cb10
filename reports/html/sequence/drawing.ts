/** A sequence diagram as SVG. No style attributes: the page's policy forbids them. */
import { markup } from '../markup.ts';
import type { Html } from '../markup.ts';
import type { Bar, Diagram } from './layout.ts';

/** `name` must be free of client text; it names the pattern and the title. `shows`: the event has a place on the page to link to. */
export function drawing(diagram: Diagram, name: string, shows: (seq: number) => boolean, title: string): Html {
  const { width, height, lanes, bars, bands, marks, ticks } = diagram;
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
    ${bands.map(
      ({ top, bottom, text }) =>
        markup`<g>
          <rect class="band" x="0" y=${top} width=${width} height=${bottom - top} />
          <rect x="0" y=${top} width=${width} height=${bottom - top} fill=${`url(#${name}-hatch)`} />
          <text class="band-text" x="88" y=${top - 5}>${text}</text>
        </g>`,
    )}
    ${ticks.map(({ y, text }) => markup`<g><line class="tick" x1="64" x2=${width} y1=${y} y2=${y} /><text class="time" x="58" y=${y + 4} text-anchor="end">${text}</text></g>`)}
    ${lanes.map(
      ({ x, name: lane }) =>
        markup`<g
          ><line class="lane" x1=${x} x2=${x} y1="34" y2=${height - 8} /><text class="lane-name" x=${x - 6} y="22"
            >${lane === 'Browser' ? lane : `Connection ${lane}`}</text
          ></g
        >`,
    )}
    ${marks.map(
      ({ y, text }) =>
        markup`<g
          ><line class="mark" x1="64" x2=${width} y1=${y} y2=${y} /><text class="mark-text" x="88" y=${y - 4}
            >${text}</text
          ></g
        >`,
    )}
    ${bars.map((one) => (shows(one.seq) ? markup`<a href=${`#event-${String(one.seq)}`}>${bar(one)}</a>` : markup`<g>${bar(one)}</g>`))}
  </svg>`;
}

function bar({ x, top, bottom, tone, shape, asked, answered, title }: Bar): Html {
  const tall = Math.max(6, bottom - top);
  return markup`
    <title>${title}</title>
    <rect class=${`bar ${tone} ${shape}`} x=${x - 6} y=${top} width="12" height=${tall} rx="3" />
    <text class=${`asked ${shape}`} x=${x + 11} y=${top + 11}>${asked}</text>
    <text class=${`answered ${tone}`} x=${x + 11} y=${top + tall - 2}>${answered}</text>
  `;
}
