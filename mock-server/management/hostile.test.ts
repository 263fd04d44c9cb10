import { expect, onTestFinished, test } from 'vitest';
import { BODIES, CLOSE, raw, smuggling, statuses, TARGETS } from '../fixtures/raw.ts';
import { stage } from '../fixtures/stage.ts';
import { createFeed, startManagement } from './management.ts';

async function setUp() {
  const set = await stage();
  const management = await startManagement({ mock: set.mock, feed: createFeed() });
  onTestFinished(() => management.close());
  const { host, port } = new URL(management.origin);
  const head = (line: string, token = management.token) =>
    `${line} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n`;
  return { ...set, head, send: (...parts: (string | Buffer)[]) => raw(Number(port), ...parts) };
}

test('a request that smuggles another one is refused, and the other is not carried out', async () => {
  const { of, head, send } = await setUp();
  const shapes = smuggling(head('POST /expire'), `${head('POST /reset')}Content-Length: 0\r\n\r\n`);
  for (const [name, [text, status]] of Object.entries(shapes))
    expect([name, statuses(await send(text))]).toEqual([name, [status]]);
  expect(of('control')).toEqual([]);
});

test('bodies that are too much are one sentence, and change nothing', async () => {
  const { of, head, send } = await setUp();
  for (const [name, { headers, body }] of Object.entries(BODIES)) {
    const order = `${head('POST /expire')}${CLOSE}${headers}Content-Length: ${String(body.length)}\r\n\r\n`;
    expect([name, statuses(await send(order, body))]).toEqual([name, [400]]);
  }
  const deep = '['.repeat(8_000) + ']'.repeat(8_000);
  expect(statuses(await send(`${head('POST /faults')}${CLOSE}Content-Length: 16000\r\n\r\n`, deep))).toEqual([400]);
  expect(of('control')).toEqual([]);
});

test('addresses that are no paths say nothing without the token, and nothing of the inside with it', async () => {
  const { mock, head, send } = await setUp();
  for (const target of TARGETS) {
    const [outside = 0] = statuses(await send(`${head(`GET ${target}`, 'x'.repeat(43))}${CLOSE}\r\n`));
    expect([target, [400, 401, 404].includes(outside)]).toEqual([target, true]);
    const text = await send(`${head(`GET ${target}`)}${CLOSE}\r\n`);
    const [inside = 0] = statuses(text);
    expect([target, inside >= 200 && inside < 500]).toEqual([target, true]);
    expect(text).not.toContain(mock.browserKey);
  }
});

test('who asks ahead without reading is held to sixteen', async () => {
  const { head, send } = await setUp();
  const answers = statuses(await send(`${head('GET /state')}\r\n`.repeat(200)));
  expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(16);
  expect(answers.at(-1)).toBe(503);
});
