/** Keeps a mock running for a client that a person drives, and ends with the reports. */
import type { LoadedConfig } from '../config/load.ts';
import { createDesk } from '../drivers/manual/desk.ts';
import { showInTerminal, type KeySource } from '../drivers/manual/terminal-desk.ts';
import type { Report } from '../grade/report.ts';
import { startSession } from './session.ts';
import { sheet, sheetText } from './sheet.ts';

export interface ServeOptions {
  readonly config: LoadedConfig;
  readonly outDir: string;
  readonly formats: readonly string[];
  /** Ends the session. */
  readonly signal: AbortSignal;
  /** One or more lines for the person, on standard error. */
  readonly say: (text: string) => void;
  /** Where keys are typed. */
  readonly keys: KeySource;
  /** Ctrl+C was typed. */
  readonly interrupt: () => void;
  /** Runs when everything listens. */
  readonly onReady?: (ready: Ready) => void;
}

export interface Ready {
  readonly loginUrl: string;
  readonly dir: string;
}

export interface ServeOutcome {
  readonly report: Report;
  readonly dir: string;
  readonly files: readonly string[];
  /** At least one authorization or token request arrived. */
  readonly judged: boolean;
}

/** Resolves once the session has ended, by `signal` or from the dashboard, and its reports are written.
 * @throws Trouble `port-in-use`, `out-not-writable` … */
export async function serve(options: ServeOptions): Promise<ServeOutcome> {
  const { config, outDir, formats, signal, say, keys, interrupt } = options;
  const desk = createDesk({ now: Date.now });
  const session = await startSession({ config, desk, outDir, formats });
  const { loginUrl } = session.mock;
  const stopShowing = showInTerminal({ desk, keys, say, interrupt });
  try {
    say(`${config.app.name}: type this into your client (a ${config.app.client} client).\n`);
    say(sheetText(sheet(config, loginUrl, session.mock.caFile)));
    options.onReady?.({ loginUrl, dir: session.dir });
    await new Promise<void>((resolve) => {
      const end = (): void => resolve();
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
    const { report, files } = await session.finish();
    return { report, files, dir: session.dir, judged: session.judged };
  } finally {
    stopShowing();
  }
}
