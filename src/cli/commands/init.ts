import { constants } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { wrap } from '../../../reports/terminal/wrap.ts';
import { CONFIG_NAMES } from '../../config/find.ts';
import { HarnessError } from '../../errors.ts';
import { canAsk } from '../asking.ts';
import type { Action, Invocation } from '../command.ts';
import { adapterDrafts, ADAPTERS } from '../init/adapter-draft.ts';
import { DEFAULTS, usualClient, type AdapterTemplate, type Answers, type Draft } from '../init/answers.ts';
import { ignoring } from '../init/ignored.ts';
import { configDraft } from '../init/config-draft.ts';
import { workflowDraft } from '../init/workflow-draft.ts';
import { asTyped } from '../typed-as.ts';
import { usage } from '../usage.ts';

/** Writes a configuration, and an adapter where the driver needs one; existing files are not changed.
 * @throws HarnessError `config-exists`, or `usage` when questions are needed and there is no terminal. */
export const action: Action = async (invocation) => {
  const { cwd, env, terminal } = invocation;
  for (const name of CONFIG_NAMES) {
    if (await exists(join(cwd, name))) {
      throw new HarnessError(
        'config-exists',
        `There is a configuration already: ${join(cwd, name)}.`,
        'Remove it first, or edit it.',
      );
    }
  }
  const answers = await answersOf(invocation);
  const drafts = [configDraft(answers), ...adapterDrafts(answers), workflowDraft()];
  for (const draft of drafts) terminal.print(await put(cwd, draft));
  const ignored = await ignoreReports(cwd);
  if (ignored !== undefined) terminal.print(ignored);
  for (const line of asTyped(next(answers), env).split('\n'))
    terminal.print(wrap(line, terminal.width.out, '').join('\n'));
  return 0;
};

/** Returns the next commands to type. */
function next({ driver, language }: Answers): string {
  if (driver === 'manual') return '\nNext: sf-conformance serve';
  if (driver !== 'adapter')
    return '\nNext: let the section `driver` of conformance.config.yaml fit your client, then: sf-conformance doctor';
  const { file, before }: AdapterTemplate = ADAPTERS[language];
  const lines = [
    '\nNext:',
    ...(before === undefined ? [] : [`  ${before}`]),
    '  sf-conformance run',
    `It judges the example client in ${file}, which never refreshes and is therefore not compliant. Then put your client in its place.`,
  ];
  return lines.join('\n');
}

async function answersOf(invocation: Invocation): Promise<Answers> {
  const { flags } = invocation;
  const known: Partial<Answers> = {
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.client === undefined ? {} : { client: flags.client }),
    ...(flags.driver === undefined ? {} : { driver: flags.driver }),
    ...(flags.language === undefined ? {} : { language: flags.language }),
  };
  if (flags.yes === true) return { ...DEFAULTS, client: usualClient(known.driver ?? DEFAULTS.driver), ...known };
  if (!canAsk(invocation)) {
    throw usage('There is no terminal to ask on.', 'To be asked nothing: sf-conformance init --yes');
  }
  const { ask } = await import('../init/ask.ts');
  return ask(known);
}

async function put(cwd: string, { path, text }: Draft): Promise<string> {
  const file = join(cwd, path);
  if (await exists(file)) return `  kept  ${path}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
  return `  wrote ${path}`;
}

/** Adds the report folders to `.gitignore`. Returns a message; undefined when they are ignored already. */
async function ignoreReports(cwd: string): Promise<string | undefined> {
  const file = join(cwd, '.gitignore');
  const before = (await exists(file)) ? await readFile(file, 'utf8') : undefined;
  const after = ignoring(before ?? '');
  if (after === before) return undefined;
  await writeFile(file, after);
  return before === undefined ? '  wrote .gitignore' : '  added the report folders to .gitignore';
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}
