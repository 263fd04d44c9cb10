import { cli } from './cli.ts';
import { reportError } from './report-error.ts';
import { createTerminal } from './terminal.ts';

/** Milliseconds for which open handles, such as lingering sockets, may delay the exit. */
const LINGER_MS = 2_000;

for (const stream of [process.stdout, process.stderr]) {
  // `… | head` closes the pipe early: the output has no reader, so there is nothing to report.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    reportError(
      error,
      createTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env, quiet: false }),
      process.env,
    );
    process.exit(70);
  });
}

process.exitCode = await cli({
  args: process.argv.slice(2),
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
});
setTimeout(() => process.exit(), LINGER_MS).unref();
