/** Renders the result of `doctor` for a terminal. Pure. */
import { palette } from '../../reports/terminal/palette.ts';
import type { Diagnosis } from './doctor.ts';
import type { Step, StepState } from './step.ts';

const MARKS = { ok: '✓', 'not ok': '✕', 'not reached': '–' } as const satisfies Record<StepState, string>;
const TONES = { ok: 'good', 'not ok': 'bad', 'not reached': 'dim' } as const;

/** Returns a line for each step, the fix for each that is not ok, and what to do next. */
export function diagnosisText({ healthy, steps }: Diagnosis, color: boolean): string {
  const broken = steps.some(({ conformance = [] }) => conformance.length > 0);
  return [
    ...steps.flatMap((step) => linesOf(step, color)),
    '',
    healthy ? 'The client can be judged.' : 'The client cannot be judged yet: fix what is not ok, then ask again.',
    ...(healthy && broken ? ['It breaks the partner rule; a run says where and how to fix it.'] : []),
    ...(healthy ? ['Next: sf-conformance run'] : []),
    '',
  ].join('\n');
}

function linesOf({ state, title, seen, said = [], todo, conformance = [] }: Step, color: boolean): readonly string[] {
  const colors = palette(color);
  const more = seen === '' ? '' : `: ${seen}`;
  const rules = conformance.join(', ');
  return [
    `${colors[TONES[state]](`${MARKS[state]} ${state.padEnd(11)}`)}  ${title}${more}`,
    ...(said.length === 0 ? [] : [`${INDENT}The client said:`, ...said.map((line) => `${INDENT}    ${line}`)]),
    ...(todo === undefined ? [] : [`${INDENT}→ ${todo}`]),
    ...(rules === '' ? [] : [`${INDENT}A conformance matter, not the configuration's: refused for ${rules}.`]),
  ];
}

const INDENT = ' '.repeat(15);
