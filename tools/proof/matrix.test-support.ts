/**
 * One test for each client of the proof: it comes out as declared. Here a broken client is put through what shows its bug, an unusual
 * one through what every client meets, the reference through everything, and nothing else may fail there. `PROOF=all npm test`
 * and `npm run matrix` put all of them through everything.
 */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/grade/check.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { prove, surprises } from './prove.ts';
import { proofClients, suiteOf, type ProofClient } from './variants.ts';

const EVERYTHING = process.env['PROOF'] === 'all';
/** What every client meets. */
const EVERYDAY = ['login', 'logins', 'refresh-chain', 'herd-5', 'rejected'];
/** Unusual in the way that the app is configured, not in what it does: they are put through everything. */
const WHOLE = ['reference', 'confidential'];

/** Undefined: all of them. */
function scenariosFor({ kind, variant }: ProofClient, checks: readonly Check[]): readonly string[] | undefined {
  if (EVERYTHING || WHOLE.includes(variant.name)) return undefined;
  const declared = checks.filter(({ id }) => variant.expect[id] !== undefined).flatMap(({ scenarios }) => scenarios);
  return [...new Set([...(kind === 'broken' ? ['login'] : EVERYDAY), ...declared])];
}

/** A client that is right, or one whose bug makes it non-compliant. The others, whose bugs only warn, come with `PROOF=all`. */
function decides({ kind, variant }: ProofClient): boolean {
  return kind !== 'broken' || Object.values(variant.expect).includes('fail');
}

/** Runs the clients that `belongs` chooses, a few at a time: they wait more than they compute. */
export async function proveAll(title: string, belongs: (client: ProofClient, suite: string) => boolean): Promise<void> {
  const { checks } = await loadCatalogue();
  const suites = new Map(checks.map(({ id, suite }) => [id, suite]));
  const clients = (await proofClients()).filter(
    (client) => belongs(client, suiteOf(client, suites)) && (EVERYTHING || decides(client)),
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
      900_000,
    );
  });
}
