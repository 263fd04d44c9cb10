import { describe, expect, it } from 'vitest';
import type { EventBody } from '../history/event.ts';
import type { Log } from '../history/log.ts';
import { runAll, type RunAllOptions } from './run-all.ts';
import type { Scenario } from './scenario.ts';
import { createTimeoutPolicy } from './timeout-policy.ts';
import type { Worker } from './worker.ts';

interface Play {
  readonly id: string;
  readonly worker: string;
  /** Scenarios that ran when it began. */
  readonly beside: readonly string[];
  readonly alone: boolean;
}

/** Workers whose scenarios end when the test says so; `hangs` says how often an action of a scenario times out. */
function stage(
  ids: readonly string[],
  workerCount: number,
  hangs: Record<string, number> = {},
  lagMs = (): Promise<number> => Promise.resolve(0),
  more: Partial<RunAllOptions> = {},
) {
  const plays: Play[] = [];
  const open = new Map<string, () => void>();
  const appended: EventBody[] = [];
  const timeoutPolicy = createTimeoutPolicy(1_000);
  const controller = new AbortController();
  const left = { ...hangs };
  let began = Promise.withResolvers<undefined>();
  const worker = (name: string): Worker => ({
    loginUrl: '',
    close: () => Promise.resolve(),
    async runScenario({ id }, _mode, isAlone = () => true) {
      const beside = [...open.keys()];
      const end = Promise.withResolvers<undefined>();
      open.set(id, () => end.resolve(undefined));
      began.resolve(undefined);
      began = Promise.withResolvers();
      await end.promise;
      open.delete(id);
      const timedOut = (left[id] ?? 0) > 0;
      if (timedOut) left[id] = (left[id] ?? 0) - 1;
      const repeated = timedOut && !isAlone();
      if (!repeated)
        timeoutPolicy.scenarioOver({ timedOut: timedOut ? 1 : 0, refreshed: true, login: 'passed', slowestMs: 1 });
      plays.push({ id, worker: name, beside, alone: isAlone() });
      return { outcome: 'completed', durationMs: 1, logins: [], repeated };
    },
  });
  const done = runAll({
    workers: Array.from({ length: workerCount }, (_, index) => worker(`W${String(index + 1)}`)),
    scenarios: ids.map((id): Scenario => ({
      id,
      title: id,
      run: () => Promise.resolve(),
      ...(id.startsWith('long') && { long: true }),
      ...(id.startsWith('held') && { heldMs: () => 1 }),
    })),
    mode: 'strict',
    log: { append: (body: EventBody) => appended.push(body) } as unknown as Log,
    ranBefore: 1,
    progress: { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined },
    signal: controller.signal,
    timeoutPolicy,
    lagMs,
    pause: () => new Promise(setImmediate),
    ...more,
  });
  /** Resolves when exactly these scenarios run. */
  const running = async (...wanted: readonly string[]): Promise<void> => {
    while ([...open.keys()].sort().join() !== [...wanted].sort().join()) await began.promise;
  };
  return { done, plays, running, appended, abort: () => controller.abort(), end: (id: string) => open.get(id)?.() };
}

describe('scenarios', () => {
  it('run at once, as many as there are workers, in order', async () => {
    const { done, plays, running, end } = stage(['a', 'b', 'c'], 2);
    await running('a', 'b');
    end('b');
    await running('a', 'c');
    end('a');
    end('c');
    await done;
    expect(plays.map(({ id, beside }) => [id, beside])).toEqual([
      ['b', ['a']],
      ['a', []],
      ['c', ['a']],
    ]);
  });

  it('run one after the other with one worker', async () => {
    const { done, plays, running, end } = stage(['a', 'b'], 1);
    await running('a');
    end('a');
    await running('b');
    end('b');
    await done;
    expect(plays.every(({ alone }) => alone)).toBe(true);
  });

  it('go on when the last one that ran ended while a late timer was measured', async () => {
    let lags = 0;
    const { done, plays, running, end } = stage(['a', 'b', 'c'], 2, {}, async () => {
      lags += 1;
      if (lags === 1) return 0;
      while (lags === 2 && plays.length === 0) {
        end('a');
        await new Promise(setImmediate);
      }
      return 1_000;
    });
    await running('b');
    end('b');
    await running('c');
    end('c');
    await done;
    expect(plays.map(({ id, beside }) => [id, beside])).toEqual([
      ['a', []],
      ['b', []],
      ['c', []],
    ]);
  });

  it('begin beside others as soon as timers are no longer late', async () => {
    const lags = [0, 0, 80, 80];
    const { done, plays, running, end } = stage(['a', 'b', 'c'], 2, {}, () => Promise.resolve(lags.shift() ?? 0));
    await running('a', 'b');
    end('a');
    // b goes on; c begins beside it.
    await running('b', 'c');
    end('b');
    end('c');
    await done;
    expect(plays.find(({ id }) => id === 'c')?.beside).toEqual(['b']);
  });

  it('do not begin by themselves before timers were late for a while', async () => {
    let lags = 0;
    const { done, running, end } = stage(['a'], 1, {}, () => {
      lags += 1;
      return Promise.resolve(51);
    });
    await running('a');
    end('a');
    await done;
    expect(lags).toBe(51);
  });

  it('run no more at once than the client can bear', async () => {
    let limit = 2;
    const concurrency = {
      get limit() {
        return limit;
      },
      begin: () => () => {
        limit = 1;
      },
    };
    const { done, plays, running, end } = stage(['a', 'b', 'c'], 2, {}, undefined, { concurrency });
    await running('a', 'b');
    end('a');
    while (plays.length === 0) await new Promise(setImmediate);
    end('b');
    await running('c');
    end('c');
    await done;
    expect(plays.map(({ id, beside }) => [id, beside])).toEqual([
      ['a', []],
      ['b', ['a']],
      ['c', []],
    ]);
  });

  it('begin with those that take long where several run at once', async () => {
    const { done, plays, running, end } = stage(['a', 'b', 'long'], 2);
    await running('a', 'long');
    end('a');
    await running('b', 'long');
    end('long');
    end('b');
    await done;
    expect(plays.map(({ id }) => id)).toEqual(['a', 'long', 'b']);
  });

  it('stop early when interrupted, after those that run', async () => {
    const { done, plays, running, end, abort } = stage(['a', 'b'], 1);
    await running('a');
    abort();
    end('a');
    await done;
    expect(plays.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('an action that timed out beside other scenarios', () => {
  it('is repeated alone, and counts for nothing when it then answers', async () => {
    const { done, plays, running, end } = stage(['a', 'b', 'c', 'd'], 2, { a: 1 });
    await running('a', 'b');
    end('a');
    // Nothing joins b: the repeat waits until it is alone.
    end('b');
    await running('a');
    end('a');
    await running('c', 'd');
    end('c');
    end('d');
    await done;
    expect(plays.filter(({ id }) => id === 'a').map(({ alone }) => alone)).toEqual([false, true]);
  });

  it('is repeated when it ended while the lag was measured for another scenario', async () => {
    let lags = 0;
    const { done, plays, running, end } = stage(['a', 'b', 'c', 'd'], 3, { a: 1 }, async () => {
      // The first two have begun; a ends before the third does.
      lags += 1;
      while (lags === 3 && plays.length === 0) {
        end('a');
        await new Promise(setImmediate);
      }
      return 0;
    });
    await running('b');
    end('b');
    await running('a');
    end('a');
    await running('c', 'd');
    end('c');
    end('d');
    await done;
    expect(plays.map(({ id }) => id).sort()).toEqual(['a', 'a', 'b', 'c', 'd']);
    expect(plays.filter(({ id }) => id === 'a').map(({ alone }) => alone)).toEqual([false, true]);
  });

  it('leaves scenarios that hold answers for the end when the client has hung', async () => {
    const { done, plays, running, end } = stage(['a', 'held', 'b'], 1, { a: 1 });
    for (const id of ['a', 'b', 'held']) {
      await running(id);
      end(id);
    }
    await done;
    expect(plays.map(({ id }) => id)).toEqual(['a', 'b', 'held']);
  });

  it('makes the rest run one at a time when it times out again', async () => {
    const { done, plays, running, end } = stage(['a', 'b', 'c', 'd'], 2, { a: 2 });
    await running('a', 'b');
    end('a');
    end('b');
    await running('a');
    end('a');
    await running('c');
    end('c');
    await running('d');
    end('d');
    await done;
    expect(plays.filter(({ id }) => ['c', 'd'].includes(id)).every(({ alone }) => alone)).toBe(true);
  });
});
