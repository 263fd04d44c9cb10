import { expect, it } from 'vitest';
import { waitForIdle } from './idle-window.ts';

/** Waits on a mock that notes its windows; each answer of `gone` and `connections` is the next of the list. */
async function windows(gone: readonly boolean[] | undefined, connections: readonly (number | undefined)[]) {
  const waited: number[] = [];
  const left = { gone: [...(gone ?? [])], connections: [...connections] };
  const mock = {
    get connections() {
      return left.connections.shift();
    },
    quiet: (ms: number) => {
      waited.push(ms);
      return Promise.resolve();
    },
  };
  await waitForIdle(mock, gone === undefined ? {} : { isGone: () => left.gone.shift() ?? false }, 300);
  return waited;
}

it.each([
  ['a fifth when nothing is left', [true, true], [0, 0], [60]],
  ['the whole window while a process is left', [false], [0], [300]],
  ['the whole window while a connection is open', [true], [1], [300]],
  ['the whole window when a process appears meanwhile', [true, false], [0, 0], [60, 300]],
  ['the whole window when a connection is made meanwhile', [true], [0, 1], [60, 300]],
  ['the whole window when connections cannot be counted', [true], [undefined], [300]],
  ['the whole window when processes cannot be seen', undefined, [0, 0], [300]],
])('waits %s', async (_, gone, connections, waited) => {
  expect(await windows(gone, connections)).toEqual(waited);
});
