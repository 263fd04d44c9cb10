import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIgnored, watchFiles } from './files.ts';
import { watchKeys, type Keyboard } from './keys.ts';
import { watch, type Wish } from './watch.ts';

function stage() {
  let onWish: (wish: Wish) => void = () => undefined;
  const counts = { runs: 0, waits: 0, stops: 0 };
  const over = new AbortController();
  const onWait: (() => void)[] = [];
  const onPlay: (() => void)[] = [];
  const ended = () =>
    watch({
      runOnce: async () => {
        counts.runs += 1;
        onPlay.shift()?.();
        return counts.runs * 10;
      },
      sources: [
        (listener) => {
          onWish = listener;
          return { stop: () => (counts.stops += 1) };
        },
      ],
      say: () => {
        counts.waits += 1;
        queueMicrotask(() => onWait.shift()?.());
      },
      signal: over.signal,
    });
  return { counts, over, onWait, onPlay, ended, onWish: (wish: Wish) => onWish(wish) };
}

describe('watch', () => {
  it('runs again when asked to, and ends with the last code', async () => {
    const { counts, onWait, ended, onWish } = stage();
    onWait.push(
      () => onWish('again'),
      () => onWish('end'),
    );
    expect(await ended()).toBe(20);
    expect(counts).toEqual({ runs: 2, waits: 2, stops: 1 });
  });

  it('does not wait when something changed while it ran', async () => {
    const { counts, onPlay, onWait, ended, onWish } = stage();
    onPlay.push(() => onWish('again'));
    onWait.push(() => onWish('end'));
    expect(await ended()).toBe(20);
    expect(counts).toEqual({ runs: 2, waits: 1, stops: 1 });
  });

  it('ends when interrupted, while it runs and while it waits', async () => {
    const running = stage();
    running.onPlay.push(() => running.over.abort('SIGINT'));
    expect(await running.ended()).toBe(10);
    const waiting = stage();
    waiting.onWait.push(() => waiting.over.abort('SIGINT'));
    expect(await waiting.ended()).toBe(10);
    expect(waiting.counts.stops).toBe(1);
  });

  it('does not take back an end', async () => {
    const { onPlay, ended, onWish } = stage();
    onPlay.push(() => {
      onWish('end');
      onWish('again');
    });
    expect(await ended()).toBe(10);
  });
});

describe('keys', () => {
  it('are r, q and Control-C', () => {
    let listener: ((chunk: Buffer) => void) | undefined;
    const modes: boolean[] = [];
    const wishes: string[] = [];
    const keyboard: Keyboard = {
      setRawMode: (on) => modes.push(on),
      resume: () => undefined,
      pause: () => undefined,
      on: (_, one) => (listener = one),
      off: () => (listener = undefined),
    };
    const keys = watchKeys(
      keyboard,
      (wish) => wishes.push(wish),
      () => wishes.push('interrupt'),
    );
    for (const key of ['r', 'x', 'q', '\u0003']) listener?.(Buffer.from(key));
    keys.stop();
    expect(wishes).toEqual(['again', 'end', 'interrupt']);
    expect(modes).toEqual([true, false]);
    expect(listener).toBeUndefined();
  });
});

describe('files', () => {
  it('are reported once they have settled', async () => {
    const dir = await realpath(await mkdtemp(join(tmpdir(), 'sf-watch-')));
    const changed = Promise.withResolvers<undefined>();
    const watcher = watchFiles(dir, [join(dir, 'reports')], () => changed.resolve(undefined));
    try {
      await writeFile(join(dir, 'client.py'), 'print(1)');
      await changed.promise;
    } finally {
      watcher.stop();
      await rm(dir, { recursive: true });
    }
  });

  it.each([
    ['client.py', false],
    [join('src', 'client.py'), false],
    [join('reports', 'runs', 'x', 'index.html'), true],
    ['reports-of-mine.md', false],
    [join('web', 'node_modules', 'a', 'index.js'), true],
    [join('.git', 'index'), true],
  ])('%s ignored: %j', (name, ignored) => {
    expect(isIgnored(name, ['reports'])).toBe(ignored);
  });

  it('are not the folders that a run makes above its own', () => {
    expect(isIgnored('reports', [join('reports', 'runs')])).toBe(true);
    expect(isIgnored('reports.py', [join('reports', 'runs')])).toBe(false);
  });
});
