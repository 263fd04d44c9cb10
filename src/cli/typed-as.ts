/** How the command was typed, so that what is to be typed next can be copied. Pure. */
import { underNpmStart } from './typed-at.ts';

/** `sf-conformance` before a command, and nowhere else. */
const COMMAND = /(?<![\w/@.-])(?:npx )?sf-conformance (?=(?:run|serve|init|doctor|list|report|demo|probe)\b)/g;

/** Returns `text` with its commands in the form that the reader types: under `npm start`, with `npx`, or by name. */
export function asTyped(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const name = underNpmStart(env) ? 'npm start --' : underNpx(env) ? 'npx sf-conformance' : undefined;
  return name === undefined ? text : text.replaceAll(COMMAND, `${name} `);
}

/** npm quotes the program that it runs. */
function underNpx(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['npm_lifecycle_event'] === 'npx' && /^['"]?sf-conformance\b/.test(env['npm_lifecycle_script'] ?? '');
}
