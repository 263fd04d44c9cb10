/** Runs git on objects of the repository only, without hooks, network, prompts or programs that its configuration names. */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';

import { oneLine } from '../../reports/text/printable.ts';

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 256 * 1_048_576;

const SAFE = ['core.fsmonitor=false', 'log.showSignature=false', 'protocol.allow=never'].flatMap((one) => ['-c', one]);

/** Runs git in `folder` and returns its standard output. `literal: false` allows wildcards in pathspecs.
 * @throws Error with the first line of standard error. */
export async function git(
  folder: string,
  args: readonly string[],
  { input, literal = true }: { readonly input?: string; readonly literal?: boolean } = {},
): Promise<Buffer> {
  return new Promise((done, failed) => {
    const child = execFile(
      'git',
      [...SAFE, '--no-pager', ...args],
      {
        cwd: folder,
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: TIMEOUT_MS,
        env: {
          ...process.env,
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_LITERAL_PATHSPECS: literal ? '1' : '0',
          LC_ALL: 'C',
        },
      },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else failed(new Error(oneLine(stderr.toString('utf8') || error.message, 300), { cause: error }));
      },
    );
    // Git may end before it has read its input; its exit code explains why.
    child.stdin?.on('error', () => undefined).end(input ?? '');
  });
}

/** Runs `git`, and returns its output as text without the line break at its end. */
export async function gitText(...given: Parameters<typeof git>): Promise<string> {
  return (await git(...given)).toString('utf8').replace(/\n$/, '');
}

/** Returns which of these files git tracks, as absolute paths; undefined when git does not answer. */
export async function trackedFiles(absolute: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  const tracked = new Set<string>();
  let answered = false;
  for (const folder of new Set(absolute.map((file) => dirname(file)))) {
    const listed = await gitText(folder, ['ls-files', '-z', '--', '.']).catch(() => undefined);
    if (listed === undefined) continue;
    answered = true;
    for (const name of listed.split('\0')) if (name !== '') tracked.add(join(folder, name));
  }
  return answered ? tracked : undefined;
}
