import { describe, expect, it } from 'vitest';
import { createTimeoutPolicy } from './timeout-policy.ts';

const well = { timedOut: 0, refreshed: true, login: 'passed' as const, slowestMs: 40 };

describe('createTimeoutPolicy', () => {
  it('gives every action its whole time until one has hung', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    timeoutPolicy.scenarioOver(well);
    expect(timeoutPolicy.timeoutMs(0)).toBe(30_000);
  });

  it('gives a quick client that has hung two seconds, and what the scenario holds on top', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    timeoutPolicy.scenarioOver({ ...well, timedOut: 1 });
    expect(timeoutPolicy.timeoutMs(0)).toBe(2_000);
    expect(timeoutPolicy.timeoutMs(5_000)).toBe(7_000);
  });

  it('goes by the clientLatency of a slow one, and never beyond the time of an action', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    timeoutPolicy.scenarioOver({ refreshed: false, timedOut: 1, login: 'passed' as const, slowestMs: 2_500 });
    timeoutPolicy.scenarioOver({ refreshed: false, timedOut: 0, login: 'passed' as const, slowestMs: undefined });
    expect(timeoutPolicy.timeoutMs(0)).toBe(10_000);
    expect(timeoutPolicy.timeoutMs(60_000)).toBe(30_000);
  });

  it('gives up a client whose login failed twice and never passed', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    timeoutPolicy.scenarioOver({ refreshed: false, timedOut: 1, login: undefined, slowestMs: undefined });
    timeoutPolicy.scenarioOver({ refreshed: false, timedOut: 1, login: 'failed', slowestMs: undefined });
    expect(timeoutPolicy.abandonReason).toBeUndefined();
    timeoutPolicy.scenarioOver({ refreshed: false, timedOut: 1, login: 'failed', slowestMs: undefined });
    expect(timeoutPolicy.abandonReason?.outcome).toBe('login-failed');
    timeoutPolicy.scenarioOver(well);
    expect(timeoutPolicy.abandonReason).toBeUndefined();
  });

  it('gives up a client that hung in three scenarios and never refreshed', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    const hung = { ...well, timedOut: 1 };
    expect(timeoutPolicy.endsAtHang).toBe(false);
    for (const over of [hung, { ...well, refreshed: false }, hung]) timeoutPolicy.scenarioOver(over);
    expect(timeoutPolicy.endsAtHang).toBe(true);
    expect(timeoutPolicy.abandonReason).toBeUndefined();
    timeoutPolicy.scenarioOver(hung);
    expect(timeoutPolicy.abandonReason?.outcome).toBe('timed-out');
  });

  it('gives up a client that hung in eight scenarios', () => {
    const timeoutPolicy = createTimeoutPolicy(30_000);
    timeoutPolicy.scenarioOver(well);
    for (let n = 0; n < 7; n += 1) {
      expect(timeoutPolicy.endsAtHang).toBe(n >= 3);
      timeoutPolicy.scenarioOver({ ...well, timedOut: 2 });
    }
    expect(timeoutPolicy.abandonReason).toBeUndefined();
    timeoutPolicy.scenarioOver({ ...well, timedOut: 1 });
    expect(timeoutPolicy.abandonReason?.outcome).toBe('timed-out');
  });
});
