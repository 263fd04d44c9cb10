import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { dotProgress } from './dot.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';
import { createProgress } from './progress.ts';

const herd = { id: 'herd', title: 'Calls at once', n: 6, of: 30 };

describe('plain lines', () => {
  it('are added when a scenario is over', () => {
    const lines: string[] = [];
    const progress = plainProgress((line) => lines.push(line));
    progress.scenario(herd);
    progress.note('Now observing.');
    progress.scenarioDone({ id: 'herd', outcome: 'login-failed', durationMs: 1234 });
    expect(lines).toEqual(['Now observing.', ' 6/30 herd: login failed (1.2 s)']);
  });
});

describe('which of them', () => {
  it.each([
    ['adapter', true, true],
    // A person reads instructions on the same terminal, and types there.
    ['manual', true, false],
    ['adapter', false, false],
  ])('driver %s, on a terminal: %j → it changes in place: %j', (driver, live, changes) => {
    const drawn: string[] = [];
    const said: string[] = [];
    const output = { draw: (text: string) => drawn.push(text), say: (text: string) => said.push(text) };
    const progress = createProgress({ ...output, live, width: { out: 80, err: 80 } } as unknown as Terminal, driver);
    progress.scenario(herd);
    progress.scenarioDone({ id: 'herd', outcome: 'completed', durationMs: 1 });
    progress.end();
    expect([drawn.length > 0, said.length > 0]).toEqual([changes, !changes]);
  });
});

describe('the live line', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start(width = 80) {
    const parts: string[] = [];
    const progress = liveProgress({ draw: (text) => void parts.push(text), width: { out: width, err: width } });
    return { progress, parts };
  }

  it('changes in place and goes away at the end', () => {
    const { progress, parts } = start();
    progress.scenario(herd);
    expect(parts.at(-1)).toContain('0 s · 6 of 30 · herd: Calls at once');
    vi.advanceTimersByTime(1_000);
    expect(parts.at(-1)).toContain('1 s · 6 of 30');
    expect(parts).toHaveLength(11);
    expect(parts.every((part) => part.startsWith('\r\u001b[2K') && !part.includes('\n'))).toBe(true);
    progress.end();
    progress.end();
    expect(parts.at(-1)).toBe('\r\u001b[2K');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('names all that run', () => {
    const { progress, parts } = start();
    progress.scenario(herd);
    progress.scenario({ ...herd, id: 'login', n: 7 });
    expect(parts.at(-1)).toContain('7 of 30 · herd, login');
  });

  it('never wraps', () => {
    const { progress, parts } = start(40);
    progress.scenario({ ...herd, title: 'x'.repeat(500) });
    expect(parts.at(-1)?.replace('\r\u001b[2K', '')).toHaveLength(39);
  });

  it('leaves a line for what did not complete and for notes', () => {
    const { progress, parts } = start();
    progress.scenario(herd);
    progress.scenarioDone({ id: 'herd', outcome: 'completed', durationMs: 10 });
    expect(parts.join('')).not.toContain('\n');
    progress.note('Now observing.');
    progress.scenarioDone({ id: 'login', outcome: 'crashed', durationMs: 100 });
    expect(parts.join('')).toContain('  Now observing.\n');
    expect(parts.join('')).toContain('  login: the client crashed (0.1 s)\n');
  });
});

describe('dots', () => {
  it('are one character for each scenario, and name what was not completed', () => {
    const parts: string[] = [];
    const progress = dotProgress((text) => parts.push(text));
    for (const outcome of ['completed', 'completed', 'crashed', 'completed'] as const)
      progress.scenarioDone({ id: 'login', outcome, durationMs: 1 });
    progress.end();
    progress.end();
    expect(parts.join('')).toBe('··×\n  login: the client crashed\n·\n');
  });

  it('fill rows of 80', () => {
    const parts: string[] = [];
    const progress = dotProgress((text) => parts.push(text));
    for (let n = 0; n < 81; n += 1) progress.scenarioDone({ id: 'login', outcome: 'completed', durationMs: 1 });
    expect(parts.join('')).toBe(`${'·'.repeat(80)}\n·`);
  });
});
