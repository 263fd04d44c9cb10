/** Renders the result of `doctor` for a terminal. Pure. */
import { palette } from '../../reports/terminal/palette.ts';
import { wrap } from '../../reports/terminal/wrap.ts';
import type { Diagnosis } from './doctor.ts';
import type { Step, StepState } from './step.ts';

const MARKS = { ok: '✓', 'not ok': '✕', 'not reached': '–' } as const satisfies Record<StepState, string>;
const TONES = { ok: 'good', 'not ok': 'bad', 'not reached': 'dim' } as const;

/** How the terminal shows text. */
interface TextOptions {
  readonly color: boolean;
  /** Columns; longer lines are wrapped. */
  readonly width: number;
}

/** Returns a line for each step, the fix for each that is not ok, and what to do next. */
export function diagnosisText({ healthy, steps }: Diagnosis, to: TextOptions): string {
  const broken = steps.some(({ conformance = [] }) => conformance.length > 0);
  return [
    ...steps.flatMap((step) => linesOf(step, to)),
    '',
    ...(healthy
      ? ['The client can be judged.']
      : wrap(
          'The client cannot be judged yet: fix what is not ok, then run sf-conformance doctor again.',
          to.width,
          '',
        )),
    ...(healthy && broken ? ['It breaks the partner rule; a run says where and how to fix it.'] : []),
    ...(healthy ? ['Next: sf-conformance run'] : []),
    '',
  ].join('\n');
}

function linesOf(
  { state, title, seen, said = [], todo, conformance = [] }: Step,
  { color, width }: TextOptions,
): readonly string[] {
  const colors = palette(color);
  const more = seen === '' ? '' : `: ${seen}`;
  const rules = conformance.join(', ');
  const [first = '', ...rest] = wrap(`${title}${more}`, width, INDENT);
  return [
    `${colors[TONES[state]](`${MARKS[state]} ${state.padEnd(11)}`)}  ${first.slice(INDENT.length)}`,
    ...rest,
    ...(said.length === 0 ? [] : [`${INDENT}The client said:`, ...said.map((line) => `${INDENT}    ${line}`)]),
    ...(todo === undefined ? [] : wrap(`→ ${todo}`, width, INDENT)),
    ...(rules === ''
      ? []
      : wrap(`A conformance matter, not the configuration's: refused for ${rules}.`, width, INDENT)),
  ];
}

const INDENT = ' '.repeat(15);
