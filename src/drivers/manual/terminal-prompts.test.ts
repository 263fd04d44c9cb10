import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createPromptQueue } from './prompt-queue.ts';
import { showInTerminal } from './terminal-prompts.ts';
import { callWords, STATUS } from './wording.ts';

function setUp() {
  const promptQueue = createPromptQueue({ now: () => 0 });
  const keys = Object.assign(new PassThrough(), { isTTY: true, modes: [] as boolean[] });
  const setRawMode = (on: boolean) => keys.modes.push(on);
  const said: string[] = [];
  const interrupts: number[] = [];
  const links: number[] = [];
  const stop = showInTerminal({
    promptQueue,
    keys: Object.assign(keys, { setRawMode }),
    say: (text) => said.push(text),
    interrupt: () => interrupts.push(1),
    more: { l: () => links.push(1) },
  });
  return { promptQueue, keys, said, stop, interrupts, links };
}

test('says what to do once, and takes single keys', async () => {
  const { promptQueue, keys, said, stop, interrupts, links } = setUp();
  const first = promptQueue.ask({ ...callWords(1), timeoutMs: 300_000 }, new AbortController().signal);
  const second = promptQueue.ask({ ...STATUS, timeoutMs: 2_000 }, new AbortController().signal);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('Let your client make one API call now.');
  expect(said[0]).toContain('5 min at most');
  expect(said[0]).toContain('[d] Done  [f] Failed  [r] It asks me to connect again  [u] Cannot do this  [s] Skip');
  expect(said[1]).toContain('2 s at most');
  keys.write('xlF');
  expect(await first).toBe('failed');
  // `f` is no answer to "is it connected?".
  keys.write('f\u0003');
  keys.write('r');
  expect(await second).toBe('reconnect');
  expect([interrupts, links]).toEqual([[1], [1]]);
  stop();
  expect(keys.modes).toEqual([true, false]);
  expect(keys.listenerCount('data')).toBe(0);
});

test('an instruction that is taken away can no longer be replied to', async () => {
  const { promptQueue } = setUp();
  const over = new AbortController();
  const asked = promptQueue.ask({ ...STATUS, timeoutMs: 1 }, over.signal);
  const [{ id } = { id: 0 }] = promptQueue.open;
  over.abort();
  expect(await asked).toBeUndefined();
  expect(promptQueue.reply('done', id)).toBe(false);
  expect(promptQueue.reply('done')).toBe(false);
  expect(await promptQueue.ask({ ...STATUS, timeoutMs: 1 }, over.signal)).toBeUndefined();
});
