/** Builds the parser and the help from the tables of commands and flags. */
import { Command as Parser, Option, type OutputConfiguration } from 'commander';
import { EXIT_CODES } from '../run/exit.ts';
import { version } from '../version.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { description, FLAGS, syntax, typedAs, type Flag, type FlagName, type FlagValues } from './flags.ts';
import { unknownWord } from './usage.ts';

/** Runs a correctly typed command. */
export type Dispatch = (command: Command, operands: readonly string[], flags: FlagValues) => Promise<void>;

/** Where the program prints help. */
export interface ProgramOutput {
  readonly out: (text: string) => void;
}

/** Creates the command line. Parsing throws CommanderError for help, version and wrong usage, and HarnessError for wrong values. */
export function createProgram(dispatch: Dispatch, output: ProgramOutput): Parser {
  const program = new Parser('sf-conformance')
    .description('Checks whether a Salesforce OAuth client is ready for PKCE and refresh token rotation.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print the help')
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput(sink(output))
    .addHelpText('after', '\nMore: sf-conformance help <command>, sf-conformance help exit-codes')
    .allowExcessArguments(false);
  for (const command of COMMANDS) program.addCommand(subcommand(command, dispatch, output));
  program.addCommand(helpCommand(program, output));
  return program;
}

/** Writes all help to standard output; errors are reported by the caller. */
function sink({ out }: ProgramOutput): OutputConfiguration {
  return { writeOut: out, writeErr: out, outputError: () => undefined };
}

/** Returns the table of `help exit-codes`. */
export function exitCodesText(): string {
  return `Exit codes\n\n${EXIT_CODES.map(([code, text]) => `  ${String(code).padStart(3)}  ${text}`).join('\n')}\n`;
}

function subcommand(command: Command, dispatch: Dispatch, output: ProgramOutput): Parser {
  const parser = new Parser(command.name)
    .description(command.text)
    .exitOverride()
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'print the help')
    .configureOutput(sink(output))
    .addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  for (const { syntax: typed, text } of command.operands ?? []) parser.argument(typed, text);
  for (const name of command.flags) parser.addOption(option(name));
  return parser.action(async () => {
    await dispatch(command, parser.args, valuesOf(parser, command.flags));
  });
}

function option(name: FlagName): Option {
  const flag: Flag = FLAGS[name];
  const made = new Option(syntax(name), description(name));
  const { parse } = flag;
  return parse === undefined ? made : made.argParser((text) => parse(text, `--${typedAs(name)}`));
}

/** Returns the parsed flags by their names here; commander calls `--fail-on` failOn. */
function valuesOf(parser: Parser, names: readonly FlagName[]): FlagValues {
  const typed = parser.opts<Readonly<Record<string, unknown>>>();
  const camel = (name: string): string => name.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    names.map((name) => [name, typed[camel(typedAs(name))]]).filter(([, value]) => value !== undefined),
  ) as FlagValues;
}

function helpCommand(program: Parser, output: ProgramOutput): Parser {
  return new Parser('help')
    .description('Prints the help of a command, or the exit codes.')
    .argument('[topic]', 'a command, or exit-codes')
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput(sink(output))
    .action((topic: string | undefined) => {
      if (topic === 'exit-codes') {
        output.out(exitCodesText());
        return;
      }
      const found = topic === undefined ? program : program.commands.find((command) => command.name() === topic);
      if (found !== undefined) found.outputHelp();
      else throw unknownWord('topic', topic ?? '', [...COMMANDS.map(({ name }) => name), 'exit-codes']);
    });
}
