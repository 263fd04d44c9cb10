import { getEventListeners } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { Event, EventBody } from '../history/event.ts';
import { runScenario, type RunScenarioOptions } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

const nothing = (): undefined => undefined;

/** A client that does nothing, and a mock that receives no request. */
function partsWith(scenario: Scenario, signal: AbortSignal): RunScenarioOptions {
  const main = { id: 'P1', user: 'U1' };
  return {
    scenario,
    mode: 'strict',
    app: {},
    driver: { abilities: {}, begin: () => Promise.resolve({ main, end: () => Promise.resolve() }) },
    mock: { control: { reset: nothing, setMode: nothing } },
    record: () => ({}) as Event,
    session: { redact: (text: string) => ({ text }) },
    run: {},
    signal,
    harnessFault: nothing,
  } as unknown as RunScenarioOptions;
}

afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['completes', () => Promise.resolve(), 'completed'],
  ['breaks', () => Promise.reject(new Error('boom')), 'error'],
])('a scenario that %s leaves no listener at the signal of its run', async (_text, plays, outcome) => {
  const { signal } = new AbortController();
  const scenario = { id: 'x', title: 'X', run: plays } as unknown as Scenario;
  for (let times = 0; times < 12; times += 1)
    expect(await runScenario(partsWith(scenario, signal))).toMatchObject({ outcome });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it.each([
  [3_600_000, 'put forward by 3600 s, or the machine slept so long'],
  [-86_400_000, 'put back by 86400 s'],
  [900, undefined],
])('a clock that is set by %d ms meanwhile is recorded, and changes nothing else', async (byMs, words) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const set = () => {
    vi.setSystemTime(Date.now() + byMs);
    return Promise.resolve();
  };
  const said: EventBody[] = [];
  const scenario = { id: 'x', title: 'X', run: set } as unknown as Scenario;
  const parts = partsWith(scenario, new AbortController().signal);
  const record = (body: EventBody) => ({ ...body, seq: said.push(body) }) as Event;
  const { outcome, durationMs } = await runScenario({ ...parts, record });
  expect([outcome, durationMs < 60_000]).toEqual(['completed', true]);
  const notes = said.filter(({ kind }) => kind === 'note');
  expect(notes).toEqual(words === undefined ? [] : [{ kind: 'note', text: expect.stringContaining(words) }]);
  expect(said.at(-1)).toMatchObject({ kind: 'scenario-end', outcome: 'completed' });
});

it('an interrupt ends a scenario that would never end', async () => {
  const stop = new AbortController();
  const scenario = { id: 'x', title: 'X', run: () => Promise.withResolvers<never>().promise } as unknown as Scenario;
  const played = runScenario(partsWith(scenario, stop.signal));
  stop.abort();
  expect(await played).toMatchObject({ outcome: 'interrupted' });
});
