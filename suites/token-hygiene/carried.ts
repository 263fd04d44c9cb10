/** Finds tokens in the client's requests. */
import type { ExchangeRecord } from '../../src/history/query.ts';

/** Returns the labels of `kinds` that are in the query, form, headers or path of a request. */
export function carried({ request, facts }: ExchangeRecord, kinds: readonly string[]): readonly string[] {
  const inParameters = [...request.query, ...request.body, ...request.headers].flatMap(({ name, value }) =>
    labelsIn(`${name} ${value}`),
  );
  const labels = [...inParameters, ...labelsIn(request.path), ...(facts.kind === 'other' ? facts.leaked : [])];
  return [...new Set(labels.filter((label) => kinds.includes(kindOf(label))))];
}

/** Returns the labels in a redacted text. */
export const labelsIn = (text: string): readonly string[] =>
  text.match(/\b(?:(?:RT|AT|CODE|VERIFIER|IDTOKEN|STATE)#\d+|SECRET\b)/gu) ?? [];

/** Returns the kind of a label: `RT` of `RT#3`. */
export const kindOf = (label: string): string => label.split('#')[0] ?? '';
