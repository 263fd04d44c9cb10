import { describe, expect, it } from 'vitest';
import { createPatience } from './patience.ts';

const well = { timedOut: 0, login: 'passed' as const, slowestMs: 40 };

describe('createPatience', () => {
  it('gives every verb its whole time until one has hung', () => {
    const patience = createPatience(30_000);
    patience.scenarioOver(well);
    expect(patience.timeoutMs(0)).toBe(30_000);
  });

  it('gives a quick client that has hung two seconds, and what the scenario holds on top', () => {
    const patience = createPatience(30_000);
    patience.scenarioOver({ ...well, timedOut: 1 });
    expect(patience.timeoutMs(0)).toBe(2_000);
    expect(patience.timeoutMs(5_000)).toBe(7_000);
  });

  it('goes by the pace of a slow one, and never beyond the time of a verb', () => {
    const patience = createPatience(30_000);
    patience.scenarioOver({ timedOut: 1, login: 'passed' as const, slowestMs: 2_500 });
    patience.scenarioOver({ timedOut: 0, login: 'passed' as const, slowestMs: undefined });
    expect(patience.timeoutMs(0)).toBe(10_000);
    expect(patience.timeoutMs(60_000)).toBe(30_000);
  });

  it('gives up a client whose login failed twice and never passed', () => {
    const patience = createPatience(30_000);
    patience.scenarioOver({ timedOut: 1, login: undefined, slowestMs: undefined });
    patience.scenarioOver({ timedOut: 1, login: 'failed', slowestMs: undefined });
    expect(patience.hopeless).toBeUndefined();
    patience.scenarioOver({ timedOut: 1, login: 'failed', slowestMs: undefined });
    expect(patience.hopeless?.outcome).toBe('login-failed');
    patience.scenarioOver(well);
    expect(patience.hopeless).toBeUndefined();
  });

  it('gives up a client that hung in eight scenarios', () => {
    const patience = createPatience(30_000);
    for (let n = 0; n < 7; n += 1) {
      expect(patience.endsAtHang).toBe(n >= 3);
      patience.scenarioOver({ ...well, timedOut: 2 });
    }
    expect(patience.hopeless).toBeUndefined();
    patience.scenarioOver({ ...well, timedOut: 1 });
    expect(patience.hopeless?.outcome).toBe('timed-out');
  });
});
