/** Storms over real connections, where the order is not controlled; storm.test.ts has more cases. */
import { expect, test } from 'vitest';
import { CLIENT_ID, stage, type HttpAnswer, type Tokens } from '../fixtures/stage.ts';
import { delayed } from '../store/fixtures/delayed.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

const BATCH = 20;
const IN_FLIGHT = 'token request is already being processed';
const DEAD = 'expired access/refresh token';

const texts = (answers: readonly HttpAnswer[]) =>
  answers.filter(({ status }) => status !== 200).map(({ body }) => body['error_description']);

/** 2 to 32, every number as often as others. */
const contenders = (storm: number) => 2 + (storm % 31);

type Row = readonly [name: string, storms: number, create: () => Store, away: boolean];

const memory = () => createMemoryStore();
const far = () => delayed(createMemoryStore(), 3);
const storms: readonly Row[] = [
  ['memory', 30, memory, false],
  ['memory, 3 ms away', 20, far, true],
];

test.each(storms)(
  '%s: %i storms on one refresh token each: one winner, never two children',
  { timeout: 600_000 },
  async (_store, count, create, away) => {
    const store = create();
    const { login, refresh, mock, of, events } = await stage({ store, switches: { approvalLimit: 0 } });
    const logins: Tokens[] = [];
    let inFlight = 0;
    for (let storm = 0; storm < count; storm += 1) {
      if (storm % BATCH === 0) logins.push(...(await Promise.all(Array.from({ length: BATCH }, () => login()))));
      const { refresh_token: token } = logins[storm]!;
      const before = events.length;
      const answers = await Promise.all(Array.from({ length: contenders(storm) }, () => refresh(token)));
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      for (const text of texts(answers)) expect([IN_FLIGHT, DEAD]).toContain(text);
      inFlight += texts(answers).filter((text) => text === IN_FLIGHT).length;

      const rotation = events.slice(before).find(({ kind }) => kind === 'rotation') as { readonly family: string };
      const family = mock.control.families().find((one) => one.id === rotation.family)!;
      expect(family.generation).toBe(1);
      // The family is valid exactly when no request came after the winner was answered.
      expect(family.alive).toBe(!texts(answers).includes(DEAD));
      if (storm % 10 === 0)
        expect((await refresh(winners[0]!.body['refresh_token']!)).status).toBe(family.alive ? 200 : 400);
    }
    // A store at hand is done before the next request is read.
    if (away) expect(inFlight).toBeGreaterThan(0);
    const winnersOfFamily = new Map<string, number>();
    for (const { family, outcome } of of('rotation')) {
      if (outcome === 'rotated') winnersOfFamily.set(family!, (winnersOfFamily.get(family!) ?? 0) + 1);
    }
    expect(Math.max(...winnersOfFamily.values())).toBeLessThanOrEqual(2);
    expect(winnersOfFamily.size).toBe(count);
  },
);

test('while the winner’s answer is held, all other requests get the answer to wait, and nothing is revoked', async () => {
  const { login, refresh, mock, of } = await stage({ store: delayed(createMemoryStore(), 3) });
  const { refresh_token: token } = await login();
  const gate = mock.control.hold({ point: 'refresh-answer' });
  const answers = Array.from({ length: 16 }, () => refresh(token));
  const [held] = await gate.settled(1, 5_000);
  await expect.poll(() => of('rotation').length).toBe(16);
  held!.open();
  const all = await Promise.all(answers);
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(texts(all)).toEqual(Array.from({ length: 15 }, () => IN_FLIGHT));
  expect(of('rotation').filter(({ outcome }) => outcome === 'in-flight')).toHaveLength(15);
  expect(mock.control.families()).toMatchObject([{ alive: true, generation: 1 }]);

  // The answer has ended: from now on it is reuse.
  await held!.ended;
  expect((await refresh(token)).body['error_description']).toBe(DEAD);
  expect(of('rotation').at(-1)).toMatchObject({ outcome: 'reuse' });
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
});

test('the lock ends with the winner’s answer even if its client is gone', async () => {
  const { login, refresh, mock, of } = await stage();
  const { refresh_token: token } = await login();
  const gate = mock.control.hold({ point: 'refresh-answer' });
  const impatient = new AbortController();
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: token });
  const lost = fetch(`${mock.loginUrl}/services/oauth2/token`, { method: 'POST', body, signal: impatient.signal });
  const failed = expect(lost).rejects.toThrow();
  const [held] = await gate.settled(1, 5_000);
  impatient.abort();
  await failed;
  held!.open();
  await held!.ended;
  expect((await refresh(token)).body['error_description']).toBe(DEAD);
  expect(of('note')).toEqual([]);
});

const codes: readonly Row[] = [
  ['memory', 10, memory, false],
  ['memory, 3 ms away', 10, far, true],
];

test.each(codes)('%s: %i storms on one code each: one family', { timeout: 300_000 }, async (_store, count, create) => {
  const store = create();
  const { authorize, redeem, mock } = await stage({ store, switches: { approvalLimit: 0 } });
  for (let storm = 0; storm < count; storm += 1) {
    const login = await authorize();
    const answers = await Promise.all(Array.from({ length: contenders(storm) }, () => redeem(login)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(texts(answers))).toEqual(new Set(['expired authorization code']));
  }
  expect(mock.control.families()).toHaveLength(count);
});
