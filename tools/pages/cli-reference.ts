/** The page docs/cli.md, made from the tables of commands, flags and exit codes. Pure. */
import { EXIT_CODES } from '../../src/run/exit.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { description, syntax } from '../../src/cli/flags.ts';

/** Markdown. `npm run docs` writes it; a test fails when the page is stale. */
export function reference(): string {
  return [
    '# The command line',
    '',
    'The one command is `sf-conformance`. From a checkout every command also runs as `npm start -- <command> …`; `npm start`',
    'alone is `demo`. Paths are relative to where the command was typed. Results go to standard output, everything else to',
    'standard error. This page is made from the tables that the parser uses.',
    ...COMMANDS.flatMap((command) => [
      '',
      `## ${command.name}`,
      '',
      command.text,
      '',
      '```sh',
      ...command.examples,
      '```',
      ...(command.operands ?? []).flatMap(({ syntax, text }) => ['', `\`${syntax}\`: ${text}.`]),
      '',
      '| flag | meaning |',
      '| --- | --- |',
      ...command.flags.map((name) => `| \`${syntax(name)}\` | ${cell(description(name))} |`),
    ]),
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '| --- | --- |',
    ...EXIT_CODES.map(([code, text]) => `| ${code} | ${cell(text)} |`),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
