/** Which proof clients a change touches: those whose own file changed, and some that break a check which changed. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Check } from '../../src/grade/check.ts';
import type { ProofClient } from './variants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** `npm test` has minutes, and the whole matrix is run by `npm run test:all`. */
const MOST = 12;

/**
 * Returns the files that differ from the commit before, committed or not; none where there is no git.
 * `PROOF_BASE` names another commit to compare with, such as the one that a branch starts from.
 */
export function changedFiles(): readonly string[] {
  try {
    const base = process.env['PROOF_BASE'] ?? 'HEAD~1';
    const list = execFileSync('git', ['diff', '--name-only', base, '--'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return list.split('\n').filter((file) => file !== '');
  } catch {
    return [];
  }
}

/** Returns the names of the clients that the changed files touch, at most a dozen, those with a changed file of their own first. */
export function touchedClients(
  files: readonly string[],
  clients: readonly ProofClient[],
  checks: readonly Check[],
): readonly string[] {
  const own = clients.filter(({ kind, variant }) => files.includes(`suites/proof/${kind}/${variant.name}.ts`));
  const suites = new Set(
    files.map((file) => /^suites\/([a-z-]+)\/[\w-]+\.(?:check|scenario)\.ts$/u.exec(file)?.[1]).filter(Boolean),
  );
  const changed = checks.filter(({ suite }) => suites.has(suite));
  const breaking = changed.flatMap(({ id }) => clients.find(({ variant }) => variant.expect[id] !== undefined) ?? []);
  return [...new Set([...own, ...breaking].map(({ variant }) => variant.name))].slice(0, MOST);
}
