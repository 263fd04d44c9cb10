/** From `init` to the first verdict in at most three commands, with the adapter of every language as it was written. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../grade/report.ts';
import { openWorkspace, type Workspace } from '../../../test-kit/command-line.ts';
import { ADAPTERS } from './adapter-draft.ts';
import { LANGUAGES, type AdapterTemplate } from './answers.ts';

const slowMs = 300_000;
const CHECKS = '^(PKCE-0[1-8]|CA-0[1-5]|RTR-01)$';
/** Runs a login and a refresh that strict would refuse if secret or verifier were missing, and few processes. */
const FEW = '^RTR-01$';
/** A JVM that lives for one login. */
const SHORT_LIVED = { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };

async function atDesk(use: (workspace: Workspace) => Promise<void>): Promise<void> {
  const workspace = await openWorkspace();
  try {
    await use(workspace);
  } finally {
    await workspace.clear();
  }
}

const found = (program: string): boolean =>
  spawnSync(program, [program === 'go' ? 'version' : '--version']).error === undefined;

describe.each(LANGUAGES)('the adapter in %s', (language) => {
  const { command, before }: AdapterTemplate = ADAPTERS[language];
  const [program = ''] = command;

  it.for(['public', 'confidential'])(
    `init${before === undefined ? '' : ', build'}, run: a %s client is judged`,
    { timeout: slowMs },
    async (client, { skip }) => {
      if (!found(program)) return skip(`${program} is not on this machine`);
      await atDesk(async (workspace) => {
        const written = await workspace.command(['init', '--yes', '--language', language, '--client', client]);
        expect(written).toMatchObject({ code: 0, err: '' });
        if (before !== undefined) {
          const { status, stderr } = spawnSync('sh', ['-c', before], { cwd: workspace.dir, encoding: 'utf8' });
          expect([status, stderr]).toEqual([0, '']);
        }
        // That a draft sends its secret shows in strict, which the run would otherwise have fallen back from.
        const whole = client === 'public' || language === 'javascript';
        const flags = ['--grep', whole ? CHECKS : FEW, '--workers', '2', '--quiet', '--json'];
        const { code, out, err } = await workspace.command(['run', ...flags], SHORT_LIVED);
        expect([code, err]).toEqual([1, '']);
        const { checks, run } = JSON.parse(out) as Report;
        expect(run.observed).toBe(false);
        const verdicts = Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
        const shown = client === 'public' ? ['CA-01', 'CA-03'] : ['CA-04', 'CA-05'];
        for (const id of whole ? ['PKCE-01', 'PKCE-02', 'PKCE-04', 'PKCE-07', ...shown] : [])
          expect([id, verdicts[id]]).toEqual([id, 'pass']);
        // It never refreshes, so its verdict cannot be mistaken for that of a real client.
        expect(checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual(['RTR-01']);
      });
    },
  );
});

it('the adapter in typescript holds what the compiler asks', { timeout: slowMs }, () => {
  const root = join(import.meta.dirname, '../../..');
  const flags = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node'];
  const template = join(import.meta.dirname, 'templates', ADAPTERS.typescript.file);
  const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', ...flags, '--erasableSyntaxOnly'];
  const { stdout } = spawnSync(process.execPath, [...tsc, template], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('');
});
