/** Asks the user on a terminal for the answers that no flag gives. */
import { cancel, group, select, text } from '@clack/prompts';
import { usage } from '../usage.ts';
import { CLIENTS, DEFAULTS, usualClient, type Answers } from './answers.ts';

/** Asks for the answers of `init`.
 * @throws HarnessError `usage` when the user cancels. */
export async function ask(known: Partial<Answers>): Promise<Answers> {
  const { name, client, driver, language } = await group(
    {
      name: () =>
        known.name === undefined
          ? text({ message: 'What is your client called?', placeholder: DEFAULTS.name, defaultValue: DEFAULTS.name })
          : Promise.resolve(known.name),
      driver: () =>
        known.driver === undefined
          ? select({
              message: 'How can it be driven?',
              options: [
                { value: 'adapter' as const, label: 'A small program around my code', hint: 'any library' },
                { value: 'command' as const, label: 'A command line tool' },
                { value: 'http' as const, label: 'A web application' },
                { value: 'browser' as const, label: 'A web page that needs JavaScript' },
                { value: 'manual' as const, label: 'A person clicks' },
              ],
            })
          : Promise.resolve(known.driver),
      client: ({ results }) =>
        known.client === undefined
          ? select({
              message: 'Can it keep a secret?',
              initialValue: usualClient(results.driver ?? DEFAULTS.driver),
              options: [
                {
                  value: CLIENTS[0] as Answers['client'],
                  label: 'No: a public client',
                  hint: 'desktop, mobile, command line, single page',
                },
                { value: CLIENTS[1], label: 'Yes: a confidential client', hint: 'a server' },
              ],
            })
          : Promise.resolve(known.client),
      language: ({ results }) =>
        known.language === undefined && results.driver === 'adapter'
          ? select({
              message: 'Which language is the adapter in?',
              options: [
                { value: 'javascript' as const, label: 'JavaScript' },
                { value: 'typescript' as const, label: 'TypeScript' },
                { value: 'python' as const, label: 'Python' },
                { value: 'java' as const, label: 'Java' },
                { value: 'go' as const, label: 'Go' },
                { value: 'csharp' as const, label: 'C#' },
                { value: 'ruby' as const, label: 'Ruby' },
                { value: 'php' as const, label: 'PHP' },
              ],
            })
          : Promise.resolve(known.language ?? DEFAULTS.language),
    },
    {
      onCancel: () => {
        cancel('Nothing was written.');
        throw usage('Given up: nothing was written.', 'To be asked nothing: sf-conformance init --yes');
      },
    },
  );
  return { name, client: client as Answers['client'], driver, language: language as Answers['language'] };
}
