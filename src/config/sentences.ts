/** Words the faults of a configuration in sentences. Values of secrets are never quoted. */
import type { z } from 'zod';
import { dotted, nearestKey } from './known-keys.ts';
import { likely, nearest } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/** Returns one sentence for each fault, in the order of the schema.
 * @param input the value that was validated */
export function sentences(issues: readonly Issue[], input: unknown): readonly string[] {
  return issues.flatMap((issue) => sentencesOf(issue, input));
}

function sentencesOf(issue: Issue, input: unknown): readonly string[] {
  const place = dotted(issue.path);
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const near = nearestKey(issue.path, key, value);
        const hint = near === undefined ? 'no key is known there' : `the nearest known one is "${near}"`;
        return `unknown key "${dotted([...issue.path, key])}"; ${hint}.`;
      });
    case 'invalid_value':
      return [`"${place}" ${oneOf(issue.values.map(String), value)}`];
    case 'invalid_key':
      return [`unknown key "${place}"; ${knownKeys(issue)}`];
    case 'invalid_union':
      if (issue.discriminator !== undefined) return [`"${place}" ${oneOf(discriminators(issue), value)}`];
      return inner(issue, input) ?? [`"${place}" ${ownWords(issue.message) ?? shapes(issue)}.`];
    case 'too_small':
      return [`"${place}" must ${bound('at least', Number(issue.minimum), issue.origin)}${seen(value)}.`];
    case 'too_big':
      return [`"${place}" must ${bound('at most', Number(issue.maximum), issue.origin)}${seen(value)}.`];
    case 'invalid_type':
      return [
        value === undefined
          ? `"${place}" is missing; it must be ${named(issue.expected)}.`
          : `"${place === '' ? 'the whole' : place}" must be ${named(issue.expected)}, not ${kindOf(value)}.`,
      ];
    case 'invalid_format':
      return [`"${place}" ${ownWords(issue.message) ?? format(issue)}.`];
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return [`"${place}" ${ownWords(issue.message) ?? `is not right: ${issue.message}`}.`];
  }
}

function oneOf(known: readonly string[], value: unknown): string {
  const list = known.map((name) => `"${name}"`);
  const last = list.pop() ?? '';
  const must = `must be ${list.length === 0 ? last : `${list.join(', ')} or ${last}`}`;
  if (value === undefined) return `is missing; it ${must}.`;
  if (typeof value !== 'string') return `${must}, not ${kindOf(value)}.`;
  const meant = likely(value, known);
  return `${must}, not "${value.slice(0, 60)}"${meant === undefined ? '' : `; did you mean "${meant}"?`}${meant === undefined ? '.' : ''}`;
}

function knownKeys(issue: Extract<Issue, { code: 'invalid_key' }>): string {
  const values = issue.issues.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  const near = nearest(String(issue.path.at(-1)), values);
  return near === undefined
    ? 'it cannot be a key.'
    : `the nearest known one is "${dotted([...issue.path.slice(0, -1), near])}".`;
}

function discriminators(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

/** Returns the faults within the alternative of a union whose `type` matches; undefined when none does or the union has its own sentence. */
function inner(issue: Extract<Issue, { code: 'invalid_union' }>, input: unknown): readonly string[] | undefined {
  const fitting = issue.errors.find(
    (errors) => errors.length > 0 && errors.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return fitting?.flatMap((error) => sentencesOf({ ...error, path: [...issue.path, ...error.path] }, input));
}

/** Lists all alternatives of a union. */
function shapes(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.message.startsWith('must')) return issue.message;
  const names = issue.errors.flatMap(([first]) => {
    if (first?.code === 'invalid_type') return [named(first.expected)];
    return first?.code === 'invalid_format' ? [formatted(first.format)] : [];
  });
  return names.length === 0 ? 'is not right' : `must be ${[...new Set(names)].join(' or ')}`;
}

function formatted(format: string): string {
  const names: Readonly<Record<string, string>> = {
    date: 'a date such as 2026-11-23',
    datetime: 'an instant in ISO 8601',
    url: 'a URL',
  };
  return names[format] ?? `a ${format}`;
}

/** Returns the schema's own sentence when it has one. */
function ownWords(message: string): string | undefined {
  return /^(?:must|may) /u.test(message) ? message : undefined;
}

function format(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'starts_with' && 'prefix' in issue) return `must begin with "${String(issue.prefix)}"`;
  return `must be ${formatted(issue.format)}`;
}

function bound(word: 'at least' | 'at most', limit: number, origin: string): string {
  if (origin === 'string')
    return word === 'at least' && limit === 1 ? 'not be empty' : `have ${word} ${limit} characters`;
  if (origin === 'array' || origin === 'set' || origin === 'map') {
    return word === 'at least' && limit === 1 ? 'not be empty' : `have ${word} ${limit} entries`;
  }
  return `be ${word} ${limit}`;
}

function seen(value: unknown): string {
  return typeof value === 'number' ? `, not ${value}` : '';
}

function named(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return names[expected] ?? `a ${expected}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return `${value}`;
  return named(typeof value);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    input,
  );
}
