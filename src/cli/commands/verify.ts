import { loadKnownKeys } from '../../../reports/integrity/signing-key.ts';
import { verifyRun } from '../../../reports/verify.ts';
import type { Action } from '../command.ts';
import { runFolder } from '../run-folder.ts';
import { placesInLogs, type PlaceInLog } from '../service-log.ts';
import { trustedKeys } from '../trusted-keys.ts';

/** Verifies a report and resolves with the exit code. 0: unchanged since it was signed; prints who signed. 1: changed; prints the
 * difference.
 * @throws HarnessError `not-a-run`, `trust-unreadable` (exit 2) */
export const action: Action = async ({ operands: [typed = ''], flags, cwd, env, terminal, signal }) => {
  const dir = await runFolder(cwd, typed);
  const named = [...(flags.key === undefined ? [] : [flags.key]), ...(flags.trust ?? [])];
  const trusted = named.length === 0 ? undefined : await trustedKeys(named, cwd);
  const found = await verifyRun(dir, { trusted, signal });
  if (!found.ok) {
    const text = [`${dir} is not as it was signed:`, ...found.changes.map((line) => `  - ${line}`)].join('\n');
    terminal.print(flags.json === true ? JSON.stringify(found, undefined, 2) : text);
    return 1;
  }
  const places = await placesInLogs(named, dir);
  const missing = places.filter((place) => !place.ok);
  if (missing.length > 0) {
    const changes = missing.map(({ service, why }) => `${service}: ${why}`);
    const text = [`${dir} is signed, and not in the log of its service:`, ...changes.map((line) => `  - ${line}`)];
    terminal.print(flags.json === true ? JSON.stringify({ ok: false, changes }, undefined, 2) : text.join('\n'));
    return 1;
  }
  const signer = trusted === undefined ? await signerOf(found.publicKey, env) : 'trusted';
  const warning = signer === 'trusted' || signer === 'given' ? undefined : WARNINGS[signer];
  if (flags.json === true)
    terminal.print(JSON.stringify({ ...found, signer, warning, log: places.filter(({ ok }) => ok) }, undefined, 2));
  else
    terminal.print(`${dir} is as it was signed.\nSigned by ${found.publicKey} (${SIGNERS[signer]})${logLines(places)}`);
  if (warning !== undefined) terminal.complain(warning);
  return 0;
};

const logLines = (places: readonly PlaceInLog[]): string =>
  places.map((one) => (one.ok ? `\nEntry ${String(one.number)} of the log of ${one.service}, ${one.at}` : '')).join('');

/** Describes whose key signed a report. */
const SIGNERS = {
  trusted: 'a trusted key',
  given: 'the key that SF_CONFORMANCE_SIGNING_KEY names',
  installation: "this installation's own key",
  unknown: 'a key that is not known here',
} as const;

const WARNINGS = {
  installation:
    "Only this installation's own key signed it: that shows what was changed since, but not to others who ran it. Compare the key with one that you trust: --trust KEY",
  unknown: 'Whose key that is, the run cannot show. Compare it with one that you trust: --trust KEY',
} as const;

async function signerOf(
  publicKey: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Exclude<keyof typeof SIGNERS, 'trusted'>> {
  const { given, installation } = await loadKnownKeys(env);
  return publicKey === given ? 'given' : publicKey === installation ? 'installation' : 'unknown';
}
