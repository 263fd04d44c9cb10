/** Reads the switches: behaviors of Salesforce that are not certain or differ between orgs. */
import { HarnessError } from '../../src/errors.ts';
import type { Switch } from './switch.ts';
import { SWITCHES } from './switch-table.ts';

/** The value of every switch. */
export type Switches = { readonly [Name in keyof typeof SWITCHES]: (typeof SWITCHES)[Name]['standard'] };

/** Adds defaults.
 * @throws HarnessError `unknown-switch`, `bad-switch` */
export function readSwitches(given: Readonly<Record<string, unknown>> = {}): Switches {
  const table: Readonly<Record<string, Switch>> = SWITCHES;
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(table, name) ? table[name] : undefined;
    if (known === undefined) {
      throw new HarnessError(
        'unknown-switch',
        `The mock has no switch "${name.slice(0, 40)}".`,
        `It has: ${Object.keys(table).join(', ')}.`,
      );
    }
    if (!allows(known, value)) {
      throw new HarnessError('bad-switch', `The switch "${name}" cannot be that.`, `Set it to ${expected(known)}.`);
    }
  }
  const standards = Object.entries(table).map(([name, { standard }]) => [name, standard]);
  return { ...(Object.fromEntries(standards) as Switches), ...given };
}

function allows(known: Switch, value: unknown): boolean {
  switch (known.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'amount':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    case 'text':
      return typeof value === 'string' && value.length <= 80;
    case 'choice':
      return known.of.some((one) => one === value);
  }
}

/** Describes the values that a switch takes, in words. */
export function expected(known: Switch): string {
  switch (known.kind) {
    case 'flag':
      return 'true or false';
    case 'amount':
      return 'a whole number from 0 upwards';
    case 'text':
      return 'a text of at most 80 characters';
    case 'choice':
      return known.of.map(String).join(' or ');
  }
}
