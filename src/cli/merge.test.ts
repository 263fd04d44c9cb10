import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistory } from '../history/read-history.ts';
import type { Event, EventOf } from '../history/event.ts';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.clear());

interface Graded {
  readonly verdict: string;
  readonly run: { readonly partial: boolean; readonly observed: boolean };
  readonly checks: readonly { readonly id: string; readonly verdict: string }[];
  readonly requirements: readonly { readonly id: string; readonly verdict: string }[];
  readonly scenarios: readonly { readonly id: string; readonly outcome: string }[];
}

const shown = ({ verdict, run, checks, requirements, scenarios }: Graded): unknown => ({
  verdict,
  ...{ partial: run.partial, observed: run.observed },
  checks: checks.map((check) => [check.id, check.verdict]),
  requirements: requirements.map((one) => [one.id, one.verdict]),
  scenarios: scenarios.map(({ id, outcome }) => `${id}: ${outcome}`).toSorted(),
});

/** Whole and in two parts, merged: the reports. */
async function bothWays(client: string, suites: string): Promise<readonly [Graded, Graded]> {
  const config = await workspace.config(client, {
    app: { name: client },
    driver: proofClient(client),
    run: { quietMs: 100, workers: 2 },
  });
  const common = ['run', '-c', config, '--suite', suites, '--format', 'json', '--json', '--quiet'];
  const runs = await Promise.all([
    workspace.command([...common, '--out', `${client}-whole`]),
    workspace.command([...common, '--out', `${client}-1`, '--shard', '1/2']),
    workspace.command([...common, '--out', `${client}-2`, '--shard', '2/2']),
  ]);
  const merged = await workspace.command(
    // In any order.
    ['merge', `${client}-2/latest`, `${client}-1/latest`, '--out', `${client}-merged`, '--json', '--quiet'],
  );
  expect([merged.err, merged.code]).toEqual(['', runs[0].code]);
  return [JSON.parse(runs[0].out) as Graded, JSON.parse(merged.out) as Graded];
}

const of = <K extends Event['kind']>(events: readonly Event[], kind: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> => event.kind === kind);

describe('merge', { timeout: 600_000 }, () => {
  it('gives the verdicts of the whole run', async () => {
    const [whole, merged] = await bothWays('reference', 'pkce,rtr');
    expect(shown(merged)).toEqual(shown(whole));
    expect(merged.verdict).toBe('partial');
  });

  it('leaves a history that is one: chained, signed, every number once, every reference right', async () => {
    const path = join(workspace.dir, 'reference-merged/latest/history.jsonl');
    const { events, fault } = await readHistory(path);
    expect(fault).toBeUndefined();
    expect((await workspace.command(['verify', 'reference-merged/latest'])).code).toBe(0);
    expect(events[0]).toMatchObject({ kind: 'run-begin', selection: { suites: ['pkce', 'rtr'] } });
    expect(events[0]).not.toHaveProperty('selection.shard');
    expect(of(events, 'run-end')).toHaveLength(1);
    expect(events.every((event, index) => event.t >= (events[index - 1]?.t ?? 0))).toBe(true);
    const exchanges = of(events, 'request').map(({ exchange }) => exchange);
    expect(new Set(exchanges).size).toBe(exchanges.length);
    const issued = of(events, 'response').flatMap(({ issued: one }) => one?.refreshToken?.label ?? []);
    expect(issued.length).toBeGreaterThan(3);
    expect(new Set(issued).size).toBe(issued.length);
    const tokens = of(events, 'request').flatMap(({ facts }) => (facts.kind === 'token' ? [facts] : []));
    const codes = tokens.flatMap(({ code }) => (typeof code?.login === 'number' ? [code.login] : []));
    expect(codes.length).toBeGreaterThan(3);
    for (const seq of codes) expect(events[seq - 1]).toMatchObject({ seq, kind: 'request', endpoint: 'authorize' });
    const visits = of(events, 'visit').flatMap(({ verb }) => (verb === undefined ? [] : [verb]));
    for (const seq of visits) expect(events[seq - 1]).toMatchObject({ seq, kind: 'verb-begin' });
  });

  it('gives the verdicts of a client that fails, and that every shard had to observe', async () => {
    const [whole, merged] = await bothWays('no-challenge', 'pkce');
    expect(shown(merged)).toEqual(shown(whole));
    expect(merged).toMatchObject({ verdict: 'non-compliant', run: { observed: true } });
  });

  it('of some of the shards is a partial run, and says which are missing', async () => {
    const one = await workspace.command(['merge', 'reference-1/latest', '--out', 'some', '--json']);
    expect(one.err).toContain('Not all shards of the run are merged: 2/2 is missing.');
    const merged = JSON.parse(one.out) as Graded & { run: { partialReason: string } };
    expect(['partial', 'inconclusive']).toContain(merged.verdict);
    expect(merged.run.partialReason).toContain('--shard 1/2');
    expect((await workspace.command(['verify', 'some/latest'])).code).toBe(0);
  });

  it('wants shards of one run, as they were signed', async () => {
    const refused = async (...dirs: readonly string[]): Promise<string> => {
      const { code, out, err } = await workspace.command(['merge', ...dirs, '--out', 'never']);
      expect([code, out]).toEqual([2, '']);
      return err;
    };
    expect(await refused('reference-1/latest', 'reference-1/latest', 'reference-2/latest')).toContain('twice');
    expect(await refused('reference-whole/latest')).toContain('is no run with --shard');
    expect(await refused('reference-1/latest', 'no-challenge-2/latest')).toContain('they differ in the app');
    const history = join(workspace.dir, 'reference-2/latest/history.jsonl');
    await writeFile(history, (await readFile(history, 'utf8')).replace('"kind":"request"', '"kind":"note"'));
    expect(await refused('reference-1/latest', 'reference-2/latest')).toContain('is not as it was signed');
  });
});
