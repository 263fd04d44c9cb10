/** What of a token answer may stand in history, told by the names of its fields. */
import { SECRET_FIELDS, redactText } from './parameters.ts';
import type { SecretRedactor } from './redactor.ts';

/** Fields that say nothing secret. */
const PLAIN: ReadonlySet<string> = new Set(['scope', 'instance_url', 'id', 'token_type', 'token_format', 'issued_at']);

function showField(name: string, value: string, redactor: SecretRedactor): string {
  // Of use to nobody who cannot compute it, and another one in each answer.
  if (name === 'signature') return '(not shown)';
  if (name === 'issued_at' && /^\d{1,16}$/.test(value)) return value;
  if (PLAIN.has(name)) return redactText(value, redactor);
  return redactor.label(Object.hasOwn(SECRET_FIELDS, name) ? (SECRET_FIELDS[name] ?? 'VALUE') : 'VALUE', value).label;
}

/** The JSON text of an answer of the mock itself with labels in it. */
export function redactTokenAnswer(fields: Readonly<Record<string, string>>, redactor: SecretRedactor): string {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) out[name] = showField(name, value, redactor);
  return JSON.stringify(out);
}
