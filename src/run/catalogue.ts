/** Finds checks and scenarios by their file names; there is no list to maintain. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { findRequirementSet } from '../../suites/requirements/sets.ts';
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import type { Check } from '../grade/check.ts';
import type { Catalogue } from '../grade/grade.ts';
import { isInSet } from '../grade/rules.ts';
import { SUITE_NAMES } from '../config/suites.ts';
import { HarnessError } from '../errors.ts';
import type { Scenario } from './scenario.ts';

/** All checks and scenarios of this version; loaded by `loadCatalogue`. */
export interface SuiteCatalogue {
  /** Ordered by suite as in docs/contract.md, then by id. */
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
}

const ROOT = fileURLToPath(new URL('../../suites/', import.meta.url));
let loaded: Promise<SuiteCatalogue> | undefined;

/** Loads `suites/<suite>/*.check.ts` and `*.scenario.ts` (compiled: `.js`), once per process.
 * @throws HarnessError `catalogue-broken` when a file does not export what its name says, or an id occurs twice. */
export function loadCatalogue(): Promise<SuiteCatalogue> {
  return (loaded ??= load());
}

/** Returns the checks and requirements of one requirement set, and all scenarios.
 * @throws HarnessError `unknown-rules` when there is no such set; `catalogue-broken`. */
export async function loadRuleCatalogue(rules: string): Promise<SuiteCatalogue & Catalogue> {
  const set = findRequirementSet(rules);
  if (set === undefined) {
    const hint = `This version has ${ruleIds.join(', ')}. Use the version that recorded the history, or a newer one.`;
    throw new HarnessError('unknown-rules', `There is no requirement set "${rules.slice(0, 60)}".`, hint);
  }
  const { checks, scenarios } = await loadCatalogue();
  return { checks: checks.filter((check) => isInSet(check, rules)), scenarios, requirements: set.requirements };
}

/** Returns the ids of all scenarios for `run-begin`. The scenario `settings` has no file: its metadata is read, no client is run. */
export async function knownScenarios(): Promise<readonly string[]> {
  const { scenarios } = await loadCatalogue();
  return [...scenarios.map(({ id }) => id), 'settings'].sort();
}

async function load(): Promise<SuiteCatalogue> {
  const files = await findFiles();
  const checks = await importAll<Check>(files.filter((file) => /\.check\.[jt]s$/u.test(file)));
  const scenarios = await importAll<Scenario>(files.filter((file) => /\.scenario\.[jt]s$/u.test(file)));
  unique(checks.map(({ id }) => id));
  unique(scenarios.map(({ id }) => id));
  const order = (suite: string): number => (SUITE_NAMES as readonly string[]).indexOf(suite);
  return {
    checks: checks.toSorted(
      (a, b) => order(a.suite) - order(b.suite) || a.id.localeCompare(b.id, 'en', { numeric: true }),
    ),
    scenarios: scenarios.toSorted((a, b) => (a.rank ?? 50) - (b.rank ?? 50) || a.id.localeCompare(b.id, 'en')),
  };
}

async function findFiles(): Promise<readonly string[]> {
  const folders = await readdir(ROOT, { withFileTypes: true });
  const inFolders = folders
    .filter((folder) => folder.isDirectory() && folder.name !== 'proof')
    .map(async (folder) => {
      const names = await readdir(join(ROOT, folder.name));
      return names.map((name) => join(ROOT, folder.name, name));
    });
  return (await Promise.all(inFolders)).flat().sort();
}

/** Imports what files export as default: one check or scenario, or a list of them. */
async function importAll<T>(files: readonly string[]): Promise<readonly T[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(file).href)) as { readonly default?: T | readonly T[] };
      if (module.default === undefined) {
        throw new HarnessError(
          'catalogue-broken',
          `${file} has no default export.`,
          'Export the check or scenario as default.',
          {
            exit: 70,
          },
        );
      }
      return module.default;
    }),
  );
  return found.flat() as readonly T[];
}

function unique(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new HarnessError(
      'catalogue-broken',
      `The id ${twice} is used twice.`,
      'Give each check and scenario its own id.',
      {
        exit: 70,
      },
    );
  }
}
