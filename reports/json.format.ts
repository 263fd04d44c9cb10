/** Renders `report.json`: the report, indented by two spaces. Texts are bounded so that a client cannot make it grow without limit. */
import type { Format } from './format.ts';
import { clip } from './text/printable.ts';

/** Longest text in characters; well above the length of any check's own text. */
const LONGEST = 20_000;

/** Renders `report.json`. */
export const format: Format = {
  id: 'json',
  file: 'report.json',
  render: ({ report }) =>
    `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'string' ? clip(value, LONGEST).toWellFormed() : value), 2)}\n`,
};
