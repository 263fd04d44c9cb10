/** Redacts answers of a real org for the history: structure instead of values, and the texts of Salesforce's errors. */
import { isScope } from './org-request.ts';
import { SECRET_FIELDS } from './parameters.ts';
import type { SecretRedactor } from './redactor.ts';

const LONGEST_NAME = 64;
const MOST_FIELDS = 60;
const DEEPEST = 4;

/** Returns the structure of a JSON value: names of fields, and kinds and lengths instead of values. */
function shapeOf(value: unknown, redactor: SecretRedactor, depth = 0): unknown {
  if (typeof value === 'string') return `text(${String(value.length)})`;
  if (value === null || typeof value !== 'object') return typeof value === 'object' ? 'null' : typeof value;
  if (depth >= DEEPEST) return Array.isArray(value) ? 'list' : 'object';
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [shapeOf(value[0], redactor, depth + 1), `${String(value.length)} in all`];
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_FIELDS)
      .map(([name, content]) => [showField(name, redactor), shapeOf(content, redactor, depth + 1)]),
  );
}

/** Redacts a field name: most are Salesforce's, but some lists use names of records or users. */
const showField = (name: string, redactor: SecretRedactor): string =>
  /^[A-Za-z_][A-Za-z_-]{0,63}$/.test(name)
    ? redactor.redact(name).text
    : `name(${String(Math.min(name.length, LONGEST_NAME))})`;

/** Returns the structure of a body: the fields of JSON, the length of others. Empty for an empty body. */
export function bodyShape(body: string, redactor: SecretRedactor): string {
  if (body === '') return '';
  try {
    return JSON.stringify(shapeOf(JSON.parse(body), redactor));
  } catch {
    return `text(${String(body.length)})`;
  }
}

/** Returns the text of one of Salesforce's errors: a code, or a sentence of plain words. A text with digits, quotation marks or addresses
 * may name a record or a person, so only its length is returned. */
export function errorWords(text: string, redactor: SecretRedactor): string {
  const plain = /^[A-Za-z][A-Za-z ,.'/:;()_-]{0,255}$/.test(text) && !/\.\w/.test(text);
  const shown = plain ? redactor.redact(text).text : '';
  return plain && shown === text ? text : `text(${String(text.length)})`;
}

/** Returns the JSON text of a token answer: tokens as labels, and only values that are the same in every org. */
export function showOrgTokens(fields: Readonly<Record<string, unknown>>, redactor: SecretRedactor): string {
  const shown = Object.entries(fields)
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => [showField(name, redactor), showTokenField(name, value, redactor)]);
  return JSON.stringify(Object.fromEntries(shown));
}

function showTokenField(name: string, value: unknown, redactor: SecretRedactor): unknown {
  if (typeof value !== 'string') return shapeOf(value, redactor);
  const kind = Object.hasOwn(SECRET_FIELDS, name) ? SECRET_FIELDS[name] : undefined;
  if (kind !== undefined) return redactor.label(kind, value).label;
  const harmless =
    (name === 'scope' && value.split(' ').every(isScope)) ||
    (name === 'token_type' && /^(?:bearer|dpop)$/i.test(value)) ||
    (name === 'issued_at' && /^\d{1,16}$/.test(value));
  return harmless ? value : `text(${String(value.length)})`;
}
