/** A session with processes of an earlier version of the client (`driver.previous`), in each shape that the harness starts. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DriverConfig } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession } from './driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from './fixtures/authorization-server.ts';
import { newHistory } from './fixtures/recorder.ts';
import { place, shapes } from './fixtures/stand.ts';

let server: AuthorizationServer;
let session: ClientSession | undefined;

beforeEach(async () => {
  server = await startAuthorizationServer();
  session = undefined;
});
afterEach(async () => {
  await session?.end();
  await server.close();
});

/** The fixture client of a shape, with another one of the same shape as its earlier version. */
async function withPrevious(shape: string): Promise<DriverConfig> {
  const [now, before] = await Promise.all([shapes[shape]!({}), shapes[shape]!({ VERSION: 'earlier' })]);
  const { type: _, ...previous } = before;
  return { ...now, previous } as DriverConfig;
}

test.each(['adapter', 'command', 'http'])(
  '%s: the earlier version works for the same user on the same folder',
  async (shape) => {
    const driver = createDriver(await withPrevious(shape), place);
    expect(driver.abilities.previous).toBe(true);
    session = await driver.begin(newHistory(server).context);
    expect(await session.main.authorize()).toMatchObject({ result: 'ok' });
    const earlier = await session.previous!();
    expect(earlier.id).not.toBe(session.main.id);
    expect(earlier.user).toBe(session.main.user);
    // What the new version has stored is there, except where each application keeps it in its own memory.
    if (shape !== 'http') expect(await earlier.call()).toMatchObject({ result: 'ok' });
    else expect(await earlier.authorize()).toMatchObject({ result: 'ok' });
  },
);

test('there is none unless it is configured, and seeded processes are declared', async () => {
  const config = await shapes['adapter']!({});
  const driver = createDriver(config, place);
  expect([driver.abilities.previous, driver.abilities.seeded]).toEqual([undefined, undefined]);
  session = await driver.begin(newHistory(server).context);
  expect(Object.keys(session)).not.toContain('previous');
  expect(createDriver({ ...config, seeded: true } as DriverConfig, place).abilities.seeded).toBe(true);
});
