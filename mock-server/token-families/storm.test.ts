/** 1,000 storms on one refresh token each, on every store. Seeded: the same storm again is the same storm. */
import { expect, test } from 'vitest';
import { CLIENT_ID } from '../fixtures/stage.ts';
import {
  contend,
  DEAD,
  descriptions,
  drawStorm,
  IN_FLIGHT,
  scatter,
  STORMS,
  WEATHERS,
  type Weather,
} from './fixtures/storm.ts';

const refreshWith = (token: string) => ({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: token });
const repeated = (text: string, times: number) => Array.from({ length: times }, () => text);

test.each(WEATHERS)(
  `$name: ${String(STORMS)} storms on one refresh token each: one winner, never two children`,
  { timeout: 300_000 },
  async ({ make }) => {
    const weather = await make();
    const { parts, events, family, pass } = weather;
    const reached = { together: 0, late: 0, most: 0 };
    for (let storm = 0; storm < STORMS; storm += 1) {
      const { count, early } = drawStorm(storm);
      const token = await family();
      const { family: id } = parts.tokenCodec.readRefreshToken(token)!;
      events.length = 0;

      // While the winner's answer is on its way, all other requests get the answer to wait, and nothing is revoked.
      const first = await contend(weather, early, refreshWith(token));
      const winners = first.filter(({ status }) => status === 200);
      expect(winners, `storm ${String(storm)}`).toHaveLength(1);
      expect(descriptions(first)).toEqual(repeated(IN_FLIGHT, early - 1));
      expect(await pass(parts.tokenFamilies.read(id))).toMatchObject({ state: 'alive', head: 1 });
      for (const one of first) one.end();
      await pass(parts.tokenFamilies.idle());

      // A request after its end uses an old token: the first one revokes the family.
      const late = await contend(weather, count - early, refreshWith(token));
      expect(descriptions(late)).toEqual(repeated(DEAD, count - early));
      const outcomes = events.flatMap((event) => (event.kind === 'rotation' ? [event.outcome] : []));
      expect(outcomes.filter((outcome) => outcome === 'rotated')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'reuse')).toHaveLength(late.length === 0 ? 0 : 1);
      expect(outcomes).toHaveLength(count);

      const [child] = await contend(weather, 1, refreshWith(winners[0]!.body['refresh_token']!));
      expect(child!.status).toBe(late.length === 0 ? 200 : 400);
      expect((await pass(parts.tokenFamilies.read(id)))!.head).toBe(late.length === 0 ? 2 : 1);
      reached.together += early > 1 ? 1 : 0;
      reached.late += late.length > 0 ? 1 : 0;
      reached.most = Math.max(reached.most, count);
    }
    expect(reached.together).toBeGreaterThan(STORMS / 2);
    expect(reached.late).toBeGreaterThan(STORMS / 3);
    expect(reached.most).toBe(32);
  },
);

test(
  `memory, 3 ms away: ${String(STORMS)} storms whose contenders come one after the other, as chance has it`,
  { timeout: 300_000 },
  async () => {
    const weather = (await WEATHERS.find(({ far }) => far)!.make()) as Required<Weather>;
    const { parts, family, pass } = weather;
    const reached = { waited: 0, ended: 0, both: 0 };
    for (let storm = 0; storm < STORMS; storm += 1) {
      const { count } = drawStorm(storm);
      const token = await family();
      const answers = await scatter(weather, count, refreshWith(token), 10);
      await pass(parts.tokenFamilies.idle());
      const texts = descriptions(answers);
      expect(texts, `storm ${String(storm)}`).toHaveLength(count - 1);
      for (const text of texts) expect([IN_FLIGHT, DEAD]).toContain(text);
      const { family: id } = parts.tokenCodec.readRefreshToken(token)!;
      const alive = !texts.includes(DEAD);
      expect(await pass(parts.tokenFamilies.read(id))).toMatchObject({ head: 1, state: alive ? 'alive' : 'revoked' });
      reached.waited += alive ? 1 : 0;
      reached.ended += texts.includes(IN_FLIGHT) ? 0 : 1;
      reached.both += !alive && texts.includes(IN_FLIGHT) ? 1 : 0;
    }
    // Chance has to bring about each of the three.
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(20);
  },
);
