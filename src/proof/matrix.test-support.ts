/**
 * One test for each client of the proof: it comes out as declared. Clients that are right are put through everything; a broken one
 * through what shows its bug and through what every client meets, and must fail nothing else there. `npm run matrix` puts all of
 * them through everything.
 */
import { describe, expect, test } from 'vitest';
import type { Check } from '../grade/check.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { prove, surprises } from './prove.ts';
import { proofClients, suiteOf, type ProofClient } from './variants.ts';

/** What every client meets. */
const EVERYDAY = ['login', 'logins', 'refresh-chain', 'herd-5', 'rejected'];

/** The scenarios that show the bug of a broken client, and the everyday ones. */
function scenariosFor({ kind, variant }: ProofClient, checks: readonly Check[]): readonly string[] | undefined {
  if (kind !== 'broken') return undefined;
  const declared = checks.filter(({ id }) => variant.expect[id] !== undefined);
  return [...new Set([...EVERYDAY, ...declared.flatMap(({ scenarios }) => scenarios)])];
}

/** A client that is right, or one whose bug makes it non-compliant. The others, whose bugs only warn, come with `PROOF=all`. */
function decides({ kind, variant }: ProofClient): boolean {
  return kind !== 'broken' || Object.values(variant.expect).includes('fail');
}

/** Runs the clients that `belongs` chooses, three at a time: they wait more than they compute. */
export async function proveAll(title: string, belongs: (client: ProofClient, suite: string) => boolean): Promise<void> {
  const { checks } = await loadCatalogue();
  const suites = new Map(checks.map(({ id, suite }) => [id, suite]));
  const everything = process.env['PROOF'] === 'all';
  const clients = (await proofClients()).filter(
    (client) => belongs(client, suiteOf(client, suites)) && (everything || decides(client)),
  );
  describe(title, () => {
    test.concurrent.each(clients.map((client) => [client.variant.name, client.kind, client] as const))(
      '%s (%s)',
      async (_name, kind, client) => {
        const { variant } = client;
        const scenarios = scenariosFor(client, checks);
        const report = await prove(variant, scenarios === undefined ? {} : { scenarios });
        expect(surprises(variant, report)).toEqual([]);
        if (kind !== 'broken') expect(report.verdict, report.summary).toBe('compliant');
      },
      240_000,
    );
  });
}
