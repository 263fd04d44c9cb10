/** One test for each of some proof clients: it comes out as declared. */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/grade/check.ts';
import { loadCatalogue } from '../../../src/run/catalogue.ts';
import { prove, surprises } from '../prove.ts';
import { proofClients, suiteOf, type ProofClient } from '../variants.ts';

/** `PROOF=all` runs every scenario with every client, as `npm run matrix` does. */
const EVERYTHING = process.env['PROOF'] === 'all';
/** What every client meets. */
const EVERYDAY = ['login', 'logins', 'refresh-chain', 'herd-5', 'rejected'];
/** These are put through everything: what is unusual about them is how the app is configured. */
const WHOLE = ['reference', 'confidential'];

/** Returns the scenarios to play: those that show a broken client's bug, the everyday ones for an unusual one; undefined: all. */
function scenariosFor({ kind, variant }: ProofClient, checks: readonly Check[]): readonly string[] | undefined {
  if (EVERYTHING || WHOLE.includes(variant.name)) return undefined;
  const declared = checks.filter(({ id }) => variant.expect[id] !== undefined).flatMap(({ scenarios }) => scenarios);
  return [...new Set([...(kind === 'broken' ? ['login'] : EVERYDAY), ...declared])];
}

/**
 * Declares a test for each client that `belongs` chooses. Several are run at once: they wait more than they compute.
 *
 * @param belongs is given the client and the suite whose check it breaks, `clean` for a client without a bug
 */
export async function proveClients(
  title: string,
  belongs: (client: ProofClient, suite: string) => boolean,
): Promise<void> {
  const { checks } = await loadCatalogue();
  const suites = new Map(checks.map(({ id, suite }) => [id, suite]));
  const clients = (await proofClients()).filter((client) => belongs(client, suiteOf(client, suites)));
  if (clients.length === 0) return;
  describe(title, () => {
    test.concurrent.each(clients.map((client) => [client.variant.name, client.kind, client] as const))(
      '%s (%s)',
      async (_name, kind, client) => {
        const { variant } = client;
        const scenarios = scenariosFor(client, checks);
        const report = await prove(variant, scenarios === undefined ? {} : { scenarios });
        expect(surprises(variant, report)).toEqual([]);
        const right = scenarios === undefined ? 'compliant' : 'partial';
        if (kind !== 'broken') expect(report.verdict, report.summary).toBe(right);
      },
      900_000,
    );
  });
}
