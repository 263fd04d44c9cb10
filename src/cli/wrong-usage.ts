/** Rewords errors of the parser and suggests the nearest known word. */
import type { CommanderError } from 'commander';
import type { HarnessError } from '../errors.ts';
import type { Command } from './command.ts';
import { typedAs } from './flags.ts';
import { unknownWord, usage } from './usage.ts';

/** Converts an error of the parser into one that names the right usage.
 * @param typed the whole command line
 * @param commands the table of commands */
export function wrongUsage(
  error: Pick<CommanderError, 'code' | 'message'>,
  typed: readonly string[],
  commands: readonly Command[],
): HarnessError {
  const word = /'([^']*)'/u.exec(error.message)?.[1] ?? '';
  const command = commands.find(({ name }) => name === typed.find((part) => !part.startsWith('-')));
  const help = `See: sf-conformance help${command === undefined ? '' : ` ${command.name}`}`;
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownWord('command', word, [...commands.map(({ name }) => name), 'help']);
    case 'commander.unknownOption':
      return unknownWord('option', word, [...(command?.flags ?? []).map((name) => `--${typedAs(name)}`), '--help']);
    case 'commander.missingArgument':
      return usage(`The ${command?.name ?? ''} command needs <${word}>.`, help);
    case 'commander.optionMissingArgument':
      return usage(`The option ${word} needs a value.`, help);
    case 'commander.excessArguments':
      return command === undefined
        ? unknownWord('command', typed[0] ?? '', [...commands.map(({ name }) => name), 'help'])
        : usage(`There are too many arguments for ${command.name}.`, help);
    default:
      return usage(error.message.replace(/^error: /u, ''), help);
  }
}
