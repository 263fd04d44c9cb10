/** What of a token answer may stand in history, told by the names of its fields. */
import { SECRET_FIELDS, shown } from './parameters.ts';
import type { Vault } from './vault.ts';

/** Fields that say nothing secret. */
const PLAIN: ReadonlySet<string> = new Set(['scope', 'instance_url', 'id', 'token_type', 'token_format', 'issued_at']);

function showField(name: string, value: string, vault: Vault): string {
  // Of use to nobody who cannot compute it, and another one in each answer.
  if (name === 'signature') return '(not shown)';
  if (name === 'issued_at' && /^\d{1,16}$/.test(value)) return value;
  if (PLAIN.has(name)) return shown(value, vault);
  return vault.label(Object.hasOwn(SECRET_FIELDS, name) ? (SECRET_FIELDS[name] ?? 'VALUE') : 'VALUE', value).label;
}

/** The JSON text of an answer of the mock itself with labels in it. */
export function showMade(fields: Readonly<Record<string, string>>, vault: Vault): string {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) out[name] = showField(name, value, vault);
  return JSON.stringify(out);
}
