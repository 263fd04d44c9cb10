/** Parses JSON with comments, and locates the first error. Pure. */
import { parseDocument } from 'yaml';
import type { Parsed } from './parsed.ts';

/** Parses JSON; comments and a comma before a closing bracket are allowed, the rest is RFC 8259. */
export function parseJson(text: string): Parsed {
  const plain = withoutComments(text);
  try {
    return { ok: true, value: JSON.parse(plain) as unknown };
  } catch (error) {
    return { ok: false, ...faultOf(plain, error) };
  }
}

/** Replaces every comment by spaces, so that positions stay valid, and removes commas before `}` and `]`. */
function withoutComments(text: string): string {
  const blank = (part: string): string => part.replaceAll(/[^\r\n]/gu, ' ');
  const bare = text.replaceAll(/"(?:\\.|[^"\\\r\n])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//gu, (part) =>
    part.startsWith('"') ? part : blank(part),
  );
  return bare.replaceAll(/"(?:\\.|[^"\\\r\n])*"|,(?=\s*[}\]])/gu, (part) => (part === ',' ? ' ' : part));
}

/** Locates an error. The engine's message names the position only sometimes; YAML includes JSON, so its parser is used. */
function faultOf(text: string, error: unknown): { problem: string; line?: number; column?: number } {
  const message = error instanceof Error ? error.message : '';
  const unexpected =
    /^(Unexpected (?:token|end|string|number|non-whitespace)|Bad \w+|Expected .{1,80}?(?= in JSON)|Unterminated string)/u.exec(
      message,
    );
  const problem = `not valid JSON (${unexpected?.[1] ?? 'unexpected character'})`;
  const own = / line (\d+) column (\d+)/u.exec(message);
  if (own !== null) return { problem, line: Number(own[1]), column: Number(own[2]) };
  const position = / position (\d+)/u.exec(message);
  if (position !== null) return { problem, ...placeOf(text, Number(position[1])) };
  const [fault] = parseDocument(text, { schema: 'json', prettyErrors: false }).errors;
  return { problem, ...placeOf(text, fault?.pos[0] ?? text.trimEnd().length) };
}

function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
