/** Finds the rules: every `suites/settings/*.check.ts` (compiled: `.js`) holds one or several; there is no list to maintain. */
import { readdir } from 'node:fs/promises';

import type { SettingsCheck, SettingsRule } from '../../suites/settings/rule.ts';

let loaded: Promise<readonly SettingsRule[]> | undefined;

/** Loads all rules by id, once per process. */
export function loadRules(): Promise<readonly SettingsRule[]> {
  return (loaded ??= load());
}

async function load(): Promise<readonly SettingsRule[]> {
  const folder = new URL('../../suites/settings/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /\.check\.[jt]s$/.test(name)).sort();
  const rules = await Promise.all(
    names.map(async (name) => {
      const module = (await import(new URL(name, folder).href)) as {
        readonly default: SettingsCheck | readonly SettingsCheck[];
      };
      return [module.default].flat().map(({ rule }) => rule);
    }),
  );
  return rules.flat().toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}
