/** Rewrites suggested commands to the way the user started the tool, so that they can be copied. Pure. */
import { underNpmStart } from './typed-at.ts';

/** Matches `sf-conformance` before a command. */
const COMMAND = /(?<![\w/@.-])(?:npx )?sf-conformance (?=(?:run|serve|init|doctor|list|report|demo|probe)\b)/g;

/** Returns `text` with its commands as the user types them: with `npm start`, with `npx`, or by name. */
export function asTyped(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const name = underNpmStart(env) ? 'npm start --' : underNpx(env) ? 'npx sf-conformance' : undefined;
  return name === undefined ? text : text.replaceAll(COMMAND, `${name} `);
}

/** Returns whether the command runs under npx; npm quotes the program name. */
function underNpx(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['npm_lifecycle_event'] === 'npx' && /^['"]?sf-conformance\b/.test(env['npm_lifecycle_script'] ?? '');
}
