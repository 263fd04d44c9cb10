/** One run again and again, and what differs. */
import type { Report } from '../../src/grade/report.ts';

interface Graded {
  readonly checks: readonly Pick<Report['checks'][number], 'id' | 'verdict' | 'message'>[];
}

export interface RepeatOptions {
  readonly times: number;
  /** How many play beside each other. */
  readonly atOnce: number;
  /** The run that the others are compared with; it plays by itself. */
  readonly first: () => Promise<Graded>;
  /** The run number `n`, from 1. */
  readonly again: (n: number) => Promise<Graded>;
}

export interface Repeated {
  readonly first: Graded;
  readonly again: readonly Graded[];
}

/** Runs the first run, then the others, `atOnce` at a time. */
export async function repeatRun({ times, atOnce, first, again }: RepeatOptions): Promise<Repeated> {
  const compared = await first();
  const played: Graded[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < times) played.push(await again((begun += 1)));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { first: compared, again: played };
}

/** Describes each verdict that is not that of the first run: check, both verdicts, how often, and a message of it. */
export function differences({ first, again }: Repeated): readonly string[] {
  return first.checks.flatMap(({ id, verdict }) => {
    const others = again.flatMap(({ checks }) => checks.filter((one) => one.id === id && one.verdict !== verdict));
    return [...Map.groupBy(others, (one) => one.verdict)].map(
      ([other, all]) => `${id}: ${verdict}, then ${other} ${String(all.length)} × (${all[0]?.message ?? ''})`,
    );
  });
}
