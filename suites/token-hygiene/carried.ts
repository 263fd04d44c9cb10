/** Where tokens are in the client's requests. */
import type { ExchangeRecord } from '../../src/history/query.ts';

/** Labels of `kinds` that are in the query, the form, the headers or the path of a request. */
export function carried({ request, facts }: ExchangeRecord, kinds: readonly string[]): readonly string[] {
  const inParameters = [...request.query, ...request.body, ...request.headers].flatMap(({ name, value }) =>
    labelsIn(`${name} ${value}`),
  );
  const labels = [...inParameters, ...labelsIn(request.path), ...(facts.kind === 'other' ? facts.leaked : [])];
  return [...new Set(labels.filter((label) => kinds.includes(kindOf(label))))];
}

/** Labels that are in a text whose secrets were taken out. */
export const labelsIn = (text: string): readonly string[] =>
  text.match(/\b(?:(?:RT|AT|CODE|VERIFIER|IDTOKEN|STATE)#\d+|SECRET\b)/gu) ?? [];

/** Returns the kind of a label: `RT` of `RT#3`. */
export const kindOf = (label: string): string => label.split('#')[0] ?? '';
