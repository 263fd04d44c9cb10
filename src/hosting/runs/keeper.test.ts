import { expect, it } from 'vitest';
import type { Event, EventBody } from '../../history/event.ts';
import type { Line, ScenarioEnd } from '../store/run-store.ts';
import { createKeeper } from './keeper.ts';

const MOST = { events: 9, bytes: 9_999 };
let full = 0;
const onFull = (): void => void (full += 1);
const END: EventBody = { kind: 'scenario-end', outcome: 'completed', durationMs: 1 };

it('lets the end of a scenario wait for the database, and gives up after a while', async () => {
  const lost: unknown[] = [];
  const away = createKeeper({
    store: { append: () => Promise.withResolvers<never>().promise },
    ...{ holdMs: 5, most: MOST, onFull },
    onLost: (error) => void lost.push(error),
  });
  away.see({ seq: 1, t: 0, scenario: 'herd', prev: '', ...END });
  await expect(away.kept()).rejects.toMatchObject({ code: 'repeat' });
  expect(lost).toHaveLength(1);

  let fails = 1;
  const append = (): Promise<void> => (fails-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve());
  const back = createKeeper({
    ...{ store: { append }, holdMs: 60_000, most: MOST, onFull },
    onLost: (error) => void lost.push(error),
  });
  back.see({ seq: 1, t: 0, scenario: 'herd', prev: '', ...END });
  await back.kept();
  expect(lost).toHaveLength(1);
});

it('keeps every line, and one end of a scenario that was run again', async () => {
  const kept: { readonly lines: Line[]; readonly ended: ScenarioEnd[] } = { lines: [], ended: [] };
  const append = (lines: readonly Line[], ended: readonly ScenarioEnd[]): Promise<void> => {
    kept.lines.push(...lines);
    kept.ended.push(...ended);
    return Promise.resolve();
  };
  const lost: unknown[] = [];
  const keeper = createKeeper({
    ...{ store: { append }, holdMs: 60_000, most: { events: 9, bytes: 150 }, onFull },
    onLost: (error) => void lost.push(error),
  });
  const bodies: readonly EventBody[] = [{ ...END, outcome: 'timed-out', repeated: true }, END];
  for (const [index, body] of bodies.entries()) {
    keeper.see({ seq: index + 1, t: index, scenario: 'herd', prev: '', ...body } satisfies Event);
  }
  await keeper.kept();
  expect(kept.lines.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(kept.ended).toEqual([{ id: 'herd', outcome: 'completed', durationMs: 1, seq: 2 }]);
  expect(lost).toEqual([]);
  expect(full).toBe(1);
});
