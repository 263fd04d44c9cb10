/** A run at a service and a local one, side by side: the same client, the same verdicts, exit codes and files. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';
import type { Event } from '../history/event.ts';
import type { Report } from '../grade/report.ts';
import { startHost, type Host } from './host.ts';

let workspace: Workspace;
let host: Host;
let token: string;
const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-host-'));

beforeAll(async () => {
  workspace = await openWorkspace();
  host = await startHost({
    dir,
    host: '127.0.0.1',
    port: 0,
    clientAddress: 'connection',
    env: {},
    log: () => undefined,
  });
  const answer = await fetch(`${host.origin}/v1/organisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.firstToken ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Acme' }),
  });
  token = ((await answer.json()) as { readonly token: string }).token;
});
afterAll(async () => {
  await host.close(0);
  await workspace.clear();
  rmSync(dir, { recursive: true, force: true });
});

const comparable = ({ verdict, run, checks, requirements, scenarios }: Report): unknown => ({
  verdict,
  ...{ partial: run.partial, observed: run.observed, driver: run.driver },
  checks: checks.map(({ id, verdict: of, reason }) => [id, of, reason]),
  requirements: requirements.map(({ id, verdict: of }) => [id, of]),
  scenarios: scenarios.map(({ id, outcome }) => `${id}: ${outcome}`).toSorted(),
});

it.each(['reference', 'drops-new-refresh-token'])(
  '%s',
  async (client) => {
    const config = await workspace.config(client, {
      app: { name: client },
      driver: proofClient(client),
      run: { quietMs: 100 },
    });
    const common = [
      'run',
      '-c',
      config,
      '--grep',
      '^(PKCE-0|RTR-0[1-3]|RACE-01|HYG-04)',
      '--format',
      'html,json,junit',
      '--json',
      '--quiet',
    ];
    const local = await workspace.command([...common, '--out', `${client}-local`]);
    const remote = await workspace.command([...common, '--out', `${client}-remote`, '--at', host.origin], {
      SF_CONFORMANCE_TOKEN: token,
    });
    expect(remote.err).toBe('');
    expect(remote.code).toBe(local.code);
    const report = JSON.parse(remote.out) as Report;
    expect(comparable(report)).toEqual(comparable(JSON.parse(local.out) as Report));
    expect(report.run.recordedBy).toBe(host.origin);

    const folder = (name: string): string => join(workspace.dir, `${client}-${name}`, 'latest');
    expect(readdirSync(folder('remote')).toSorted()).toEqual(readdirSync(folder('local')).toSorted());
    expect(JSON.parse(readFileSync(join(folder('remote'), 'report.json'), 'utf8'))).toEqual(report);
    const events = readFileSync(join(folder('remote'), 'history.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    const marked = new Set(events.filter(({ by }) => by === 'partner').map(({ kind }) => kind));
    const own = new Set(events.filter(({ by }) => by === undefined).map(({ kind }) => kind));
    expect([...marked].toSorted()).toEqual(
      expect.arrayContaining(['process-begin', 'state', 'verb-begin', 'verb-end', 'visit']),
    );
    expect([...own].filter((kind) => marked.has(kind))).toEqual([]);
    const trusted = await workspace.command(['verify', `${client}-remote/latest`, '--trust', host.origin]);
    expect([trusted.code, trusted.err]).toEqual([0, '']);
    expect(trusted.out).toMatch(/Entry \d+ of the log of http/u);
    const untrusted = await workspace.command(['verify', `${client}-local/latest`, '--trust', host.origin]);
    expect(untrusted.code).toBe(1);
  },
  400_000,
);

it.each([
  ['second-way-out', ['127.0.0.1'], 'fail'],
  ['several-ways-out', ['127.0.0.4/31', '127.0.0.6', '127.0.0.7'], 'pass'],
])('sees the addresses that refreshes come from: %s', async (client, egress, expected) => {
  const config = await workspace.config(client, {
    rules: 'sf-partner-2026-11',
    app: { name: client, egress },
    driver: proofClient(client),
    run: { quietMs: 100 },
  });
  const { out } = await workspace.command(
    ['run', '-c', config, '--grep', '^IP-01$', '--json', '--quiet', '--out', client, '--at', host.origin],
    { SF_CONFORMANCE_TOKEN: token },
  );
  const { checks } = JSON.parse(out) as Report;
  expect(checks.find(({ id }) => id === 'IP-01')).toMatchObject({ verdict: expected });
});
