/** Reads and writes comma-separated values (RFC 4180) of Bulk jobs. */

/** Returns the cells, line by line; empty lines are left out. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  /** The closing quote ends the cell: a CR before the end of the line is not part of it. */
  let whole = '';
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at] ?? '\n';
    if (quoted && at < text.length) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else {
        quoted = false;
        whole = cell;
      }
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',' || sign === '\n') {
      line.push(sign === '\n' && cell !== whole ? cell.replace(/\r$/, '') : cell);
      cell = whole = '';
      if (sign === ',') continue;
      if (line.length > 1 || line[0] !== '') lines.push(line);
      line = [];
    } else cell += sign;
  }
  return lines;
}

/** Returns lines that end in `\n`, with every cell in quotes, as Salesforce writes results. */
export function writeCsv(lines: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  return lines.map((line) => `${line.map(cell).join(',')}\n`).join('');
}

/** Returns records as lines, the first of which names their fields: `Owner.Name` for a field of a related record. */
export function linesOf(records: readonly object[]): readonly (readonly unknown[])[] {
  const rows = records.map((record) => new Map(cellsOf(record as Readonly<Record<string, unknown>>)));
  const names = [...(rows[0]?.keys() ?? ['Id'])];
  return [names, ...rows.map((row) => names.map((name) => row.get(name)))];
}

const cellsOf = (record: Readonly<Record<string, unknown>>, prefix = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(record).flatMap(([name, value]) => {
    if (name === 'attributes') return [];
    if (typeof value !== 'object' || value === null) return [[prefix + name, value] as const];
    return cellsOf(value as Readonly<Record<string, unknown>>, `${prefix}${name}.`);
  });
