/** `report.json`: the report as it is, two spaces deep. Texts are bounded so that a client cannot make it endless. */
import type { Format } from './format.ts';
import { clip } from './text/printable.ts';

/** Characters; well above anything that a check writes by itself. */
const LONGEST = 20_000;

/** Renders `report.json`. */
export const format: Format = {
  id: 'json',
  file: 'report.json',
  render: ({ report }) =>
    `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'string' ? clip(value, LONGEST).toWellFormed() : value), 2)}\n`,
};
