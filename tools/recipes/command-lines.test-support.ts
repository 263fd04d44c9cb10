/** Finds the command lines in a recipe and hands them to the parser of the command line itself. */
import { createProgram } from '../../src/cli/program.ts';

/** Everything behind `sf-conformance <command>` on its line, without quotes, pipes, redirections and comments. */
export function commandLines(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/(?:npx (?:--yes )?|^|["'\s])sf-conformance (?=[a-z-]+)([^\n`|>#;&)]*)/gmu)]
    .map(([, rest = '']) => rest.trim().replaceAll(/["']/gu, '').split(/\s+/u))
    .filter(([command = '']) => !prose.has(command));
}

/** What follows the name in sentences and in `docker build -t sf-conformance .` */
const prose: ReadonlySet<string> = new Set(['writes', 'ended', 'and', 'with', 'for', 'is', 'gets', 'in', 'to']);

/** The command that the parser takes it for. @throws CommanderError or HarnessError for what it does not know. */
export async function understood(args: readonly string[]): Promise<string> {
  let name = '';
  const program = createProgram(
    (command) => {
      name = command.name;
      return Promise.resolve();
    },
    { out: () => undefined },
  );
  await program.parseAsync(args, { from: 'user' });
  return name;
}
