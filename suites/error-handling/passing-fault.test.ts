import { expect, test } from 'vitest';
import { untilOver } from './passing-fault.ts';

/** A stage whose `elapse` ends when it is called for, and what was done in order. */
function stage() {
  const passed = Promise.withResolvers<undefined>();
  const done: string[] = [];
  return {
    done,
    pass: () => {
      passed.resolve(undefined);
    },
    holdMs: 5_000,
    elapse: async (ms: number, until?: Promise<unknown>): Promise<void> => {
      done.push(`waits ${String(ms)}`);
      await Promise.race([passed.promise, until ?? passed.promise]).catch(() => undefined);
    },
  };
}

test('a call that is answered in time meets the whole fault', async () => {
  const { done, ...rest } = stage();
  expect(await untilOver(rest, Promise.resolve('failed'), () => done.push('ends'))).toBe('failed');
  expect(done).toEqual(['waits 5000']);
});

test('the fault is over while the call still waits for it', async () => {
  const { done, pass, ...rest } = stage();
  const call = Promise.withResolvers<string>();
  const result = untilOver(rest, call.promise, () => {
    done.push('ends');
    call.resolve('ok');
  });
  pass();
  expect(await result).toBe('ok');
  expect(done).toEqual(['waits 5000', 'ends']);
});

test('a call that breaks the scenario off rejects, and the fault stays as it is', async () => {
  const { done, ...rest } = stage();
  await expect(untilOver(rest, Promise.reject(new Error('crashed')), () => done.push('ends'))).rejects.toThrow(
    'crashed',
  );
  expect(done).toEqual(['waits 5000']);
});

test('the time of the fault counts from when the client has met it', async () => {
  const { done, pass, ...rest } = stage();
  const [call, met] = [Promise.withResolvers<string>(), Promise.withResolvers<undefined>()];
  const result = untilOver(rest, call.promise, () => done.push('ends'), met.promise);
  await Promise.resolve();
  expect(done).toEqual([]);
  met.resolve(undefined);
  pass();
  await expect.poll(() => done).toEqual(['waits 5000', 'ends']);
  call.resolve('failed');
  expect(await result).toBe('failed');
});
