/** One test for each client of the proof: it comes out as declared, on every check. */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../run/catalogue.ts';
import { prove, surprises } from './prove.ts';
import { proofClients, suiteOf, type ProofClient } from './variants.ts';

/** Runs the clients that `belongs` chooses, three at a time: they wait more than they compute. */
export async function proveAll(title: string, belongs: (client: ProofClient, suite: string) => boolean): Promise<void> {
  const { checks } = await loadCatalogue();
  const suites = new Map(checks.map(({ id, suite }) => [id, suite]));
  const clients = (await proofClients()).filter((client) => belongs(client, suiteOf(client, suites)));
  describe(title, () => {
    test.concurrent.each(clients.map(({ kind, variant }) => [variant.name, kind, variant] as const))(
      '%s (%s)',
      async (_name, kind, variant) => {
        const report = await prove(variant);
        expect(surprises(variant, report)).toEqual([]);
        if (kind !== 'broken') expect(report.verdict, report.summary).toBe('compliant');
      },
      240_000,
    );
  });
}
