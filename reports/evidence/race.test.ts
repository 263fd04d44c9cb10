import { describe, expect, it } from 'vitest';

import { sampleEvents } from '../../test-kit/sample-history.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { raceMermaid } from './race-mermaid.ts';
import { raceStory } from './race-story.ts';
import { raceOf } from './race.ts';
import { createTrail } from './trail.ts';

const failing = createTrail(sampleEvents('failing'));
const raceIn = (scenario: string) => raceOf(failing.scenarios.get(scenario)!);

describe('a race', () => {
  it('has a lane for each request that was under way at once, with the call before and the retry after it', () => {
    const race = raceIn('herd-2')!;
    expect(race.label).toMatch(/^RT#\d+$/);
    for (const { request } of race.overlapping)
      expect(request.body.map(({ value }) => value).join(' ')).toContain(race.label);
    expect(race.lanes.map(({ name }) => name)).toEqual(['Client 1', 'Client 2']);
    for (const { exchanges } of race.lanes) {
      expect(exchanges[0]!.response!.status).toBe(401);
      for (const [index, { request }] of exchanges.entries())
        expect(request.begunAt).toBeGreaterThanOrEqual(exchanges[index - 1]?.endedAt ?? 0);
    }
  });

  it.each([
    ['herd-2', 2],
    ['herd-5', 5],
    ['herd', 8],
  ] as const)('counts in %s what overlaps, not all uses of the token', (scenario, overlapping) => {
    const race = raceIn(scenario)!;
    expect(race.overlapping).toHaveLength(overlapping);
    const latestBegin = Math.max(...race.overlapping.map(({ request }) => request.begunAt));
    const firstEnd = Math.min(...race.overlapping.map(({ endedAt }) => endedAt));
    expect(latestBegin).toBeLessThan(firstEnd);
  });

  it('is none where one request followed the other, or where the token was dead all the time', () => {
    expect(raceIn('refresh-chain')).toBeUndefined();
    expect(raceIn('rejected')).toBeUndefined();
  });

  it('is described in sentences', () => {
    const race = raceIn('herd')!;
    const used = race.label;
    const next = `RT#${String(Number(used.slice(3)) + 1)}`;
    expect(raceStory(race)).toEqual([
      `All 8 calls got a 401, and all 8 refreshed with ${used}.`,
      `One got ${next}, the other 7 were refused, a retry with ${used} counted as theft (reuse) and the token family was revoked.`,
      'Expected: one refresh; the others wait for it.',
    ]);
  });

  it('is drawn by Mermaid in the order of time', () => {
    const race = raceIn('herd-2')!;
    const used = race.label.replace('#', '#35;');
    const lines = raceMermaid(race).split('\n  ');
    expect(lines[0]).toBe('sequenceDiagram');
    const at = (line: string): number => lines.indexOf(line);
    expect(at(`C1->>S: refresh ${used}`)).toBeLessThan(at(`C2->>S: refresh ${used}`));
    const answered = lines.findIndex((line) => line.startsWith('S-->>C1: 200 RT#35;'));
    expect(at(`C1->>S: refresh ${used}`)).toBeGreaterThan(0);
    expect(at(`Note over S: ${used} in use by 2 requests`)).toBeLessThan(answered);
  });

  it('is found in the made-up run too', () => {
    const trail = createTrail(sampleRun().history);
    expect(raceOf(trail.scenarios.get('herd')!)?.label).toBe('RT#20');
  });
});
