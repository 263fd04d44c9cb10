import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interruptOf, watchInterrupts, type Interrupt } from './interrupts.ts';

function fakeProcess() {
  const listeners = new Map<Interrupt, () => void>();
  const codes: number[] = [];
  return {
    on: (name: Interrupt, listener: () => void) => listeners.set(name, listener),
    off: (name: Interrupt) => listeners.delete(name),
    exit: (code: number) => void codes.push(code),
    send: (name: Interrupt) => listeners.get(name)?.(),
    codes,
    listeners,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('interrupts', () => {
  it.each<[Interrupt, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s asks for an end, the second time it ends', (name, code) => {
    const source = fakeProcess();
    const said: string[] = [];
    const { signal } = watchInterrupts(source, (line) => said.push(line));
    expect(interruptOf(signal)).toBeUndefined();
    source.send(name);
    expect(interruptOf(signal)).toBe(name);
    expect(said).toHaveLength(1);
    expect(source.codes).toEqual([]);
    source.send(name);
    expect(source.codes).toEqual([code]);
  });

  it('ends when a minute brings no end', () => {
    const source = fakeProcess();
    watchInterrupts(source, () => undefined);
    source.send('SIGTERM');
    vi.advanceTimersByTime(59_999);
    expect(source.codes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(source.codes).toEqual([143]);
  });

  it('leaves nothing behind', () => {
    const source = fakeProcess();
    const interrupts = watchInterrupts(source, () => undefined);
    source.send('SIGINT');
    interrupts.stop();
    expect(source.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
