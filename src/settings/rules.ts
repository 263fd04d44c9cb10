/** Finds the rules: every `suites/settings/*.check.ts` holds one or several; there is no list to maintain. */
import { modulesIn } from '../modules-in.ts';
import type { SettingsCheck, SettingsRule } from '../../suites/settings/rule.ts';

let loaded: Promise<readonly SettingsRule[]> | undefined;

/** Loads all rules by id, once per process. */
export function loadRules(): Promise<readonly SettingsRule[]> {
  return (loaded ??= load());
}

async function load(): Promise<readonly SettingsRule[]> {
  const found = await modulesIn(import.meta.dirname, '../../suites/settings/*.check.ts');
  const rules = found.flatMap(({ module }) => {
    const { default: checks } = module as { readonly default: SettingsCheck | readonly SettingsCheck[] };
    return [checks].flat().map(({ rule }) => rule);
  });
  return rules.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}
