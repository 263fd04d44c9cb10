import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import type { Event } from '../history/event.ts';
import { play, type PlayParts } from './play.ts';
import type { Scenario } from './scenario.ts';

const nothing = (): undefined => undefined;

/** A client that does nothing, and a mock that nobody asks anything. */
function partsWith(scenario: Scenario, signal: AbortSignal): PlayParts {
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
  } as unknown as PlayParts;
}

it.each([
  ['completes', () => Promise.resolve(), 'completed'],
  ['breaks', () => Promise.reject(new Error('boom')), 'error'],
])('a scenario that %s leaves no listener at the signal of its run', async (_text, plays, outcome) => {
  const { signal } = new AbortController();
  const scenario = { id: 'x', title: 'X', play: plays } as unknown as Scenario;
  for (let times = 0; times < 12; times += 1)
    expect(await play(partsWith(scenario, signal))).toMatchObject({ outcome });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('an interrupt ends a scenario that would never end', async () => {
  const stop = new AbortController();
  const scenario = { id: 'x', title: 'X', play: () => Promise.withResolvers<never>().promise } as unknown as Scenario;
  const played = play(partsWith(scenario, stop.signal));
  stop.abort();
  expect(await played).toMatchObject({ outcome: 'interrupted' });
});
