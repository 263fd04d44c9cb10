/** Shows progress in one line on a terminal that is updated in place; notes and incomplete scenarios are printed above it. */
import type { Progress, ScenarioStart } from '../../run/progress.ts';
import type { Terminal } from '../terminal.ts';
import { ending, seconds } from './plain.ts';

/** A progress display. `end` removes the live line; nothing may follow it. */
export type ShownProgress = Progress & { end(): void };

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
/** Returns to the first column and clears to the end of the line (ECMA-48 §8.3.41). */
const WIPE = '\r\u001b[2K';

/** Draws until `end` is called; the timer does not keep the process alive. */
export function liveProgress(terminal: Pick<Terminal, 'draw' | 'width'>): ShownProgress {
  const open = new Map<string, ScenarioStart>();
  const begunAt = performance.now();
  let frame = 0;
  let ended = false;
  const draw = (): void => {
    const newest = [...open.values()].at(-1);
    if (ended || newest === undefined) return;
    const elapsed = `${String(Math.floor((performance.now() - begunAt) / 1_000))} s`;
    const running = open.size > 1 ? [...open.keys()].join(', ') : `${newest.id}: ${newest.title}`;
    const line = `${FRAMES[frame % FRAMES.length] ?? ''} ${elapsed} · ${newest.n} of ${newest.of} · ${running}`;
    terminal.draw(WIPE + line.slice(0, Math.max(20, terminal.width.err - 1)));
  };
  const keep = (line: string): void => {
    terminal.draw(`${WIPE}${line}\n`);
    draw();
  };
  const timer = setInterval(() => {
    if (open.size === 0) return;
    frame += 1;
    draw();
  }, FRAME_MS);
  timer.unref();
  return {
    scenario: (start) => {
      open.set(start.id, start);
      draw();
    },
    scenarioDone: ({ id, outcome, durationMs }) => {
      open.delete(id);
      if (outcome === 'completed') draw();
      else keep(`  ${id}: ${ending(outcome)} (${seconds(durationMs)})`);
    },
    note: (text) => keep(`  ${text}`),
    end: () => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      terminal.draw(WIPE);
    },
  };
}
