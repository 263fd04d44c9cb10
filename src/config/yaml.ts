/** Parses YAML 1.2 with bounds on aliases and depth. Pure. */
import { LineCounter, parseDocument } from 'yaml';
import type { Parsed } from './parsed.ts';

/** Parses YAML into JSON values: dates stay texts. An empty text is an empty object. */
export function parseYaml(text: string): Parsed {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    });
    const [fault] = document.errors;
    if (fault !== undefined) {
      const { line, col } = lines.linePos(fault.pos[0]);
      return {
        ok: false,
        problem: `not valid YAML (${fault.code.toLowerCase().replaceAll('_', ' ')})`,
        line,
        column: col,
      };
    }
    return { ok: true, value: (document.toJS({ maxAliasCount: 100 }) as unknown) ?? {} };
  } catch {
    return {
      ok: false,
      problem: 'it cannot be read as YAML: it is nested too deeply or its aliases refer to too much',
    };
  }
}
