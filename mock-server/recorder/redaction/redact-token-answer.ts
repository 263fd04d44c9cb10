/** Redacts token answers of the mock by the names of their fields. */
import { SECRET_FIELDS, redactText } from './parameters.ts';
import type { SecretRedactor } from './redactor.ts';

/** Fields without secrets. */
const PLAIN: ReadonlySet<string> = new Set(['scope', 'instance_url', 'id', 'token_type', 'token_format', 'issued_at']);

function showField(name: string, value: string, redactor: SecretRedactor): string {
  // It differs in each answer and means nothing to a reader.
  if (name === 'signature') return '(not shown)';
  if (name === 'issued_at' && /^\d{1,16}$/.test(value)) return value;
  if (PLAIN.has(name)) return redactText(value, redactor);
  return redactor.label(Object.hasOwn(SECRET_FIELDS, name) ? (SECRET_FIELDS[name] ?? 'VALUE') : 'VALUE', value).label;
}

/** Returns the JSON text of a token answer with labels instead of secrets. */
export function redactTokenAnswer(fields: Readonly<Record<string, string>>, redactor: SecretRedactor): string {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) out[name] = showField(name, value, redactor);
  return JSON.stringify(out);
}
