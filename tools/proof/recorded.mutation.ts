/**
 * What each check said of every recorded client, it says again. For mutation testing (`npm run mutants`): the recordings are in the
 * folder that `PROOF_RECORDINGS` names.
 */
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { readRecording, readScenarios, recordedClients, say } from './recordings.ts';

const dir = process.env['PROOF_RECORDINGS'] ?? '';
const recordings = recordedClients(dir).map((name) => ({ name, ...readRecording(dir, name) }));
const reference = recordings.find(({ name }) => name === 'reference')?.judgements ?? {};
/** Of the clients that a check finds nothing special about, every so many-eth is tried. */
const EVERY = 10;
const { checks } = await loadCatalogue();

describe('every recorded client', () => {
  test.each(checks.filter(({ suite }) => suite !== 'settings').map((check) => [check.id, check] as const))(
    '%s',
    (id, check) => {
      const telling = recordings.filter(
        ({ judgements }, index) =>
          judgements[id]?.verdict !== reference[id]?.verdict || index % EVERY === 0 || judgements === reference,
      );
      expect(telling.length).toBeGreaterThan(recordings.length / EVERY);
      for (const { name, facts, judgements } of telling) {
        expect(say(check, readScenarios(dir, name, check.scenarios), facts), name).toEqual(judgements[id]);
      }
    },
  );
});
