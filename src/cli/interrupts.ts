/** A signal that ends a command with a report. A second one, or a minute without an end, ends the process immediately. */
export type Interrupt = 'SIGINT' | 'SIGTERM';

/** Milliseconds until a forced end; more than the ends of all clients (5 s each) and the writing of reports take. */
const PATIENCE_MS = 60_000;
const CODES: Readonly<Record<Interrupt, 130 | 143>> = { SIGINT: 130, SIGTERM: 143 };

/** The part of `process` that is used. */
export interface SignalSource {
  on(name: Interrupt, listener: () => void): unknown;
  off(name: Interrupt, listener: () => void): unknown;
  exit(code: number): void;
}

/** The watch for signals of one command; made by `watchInterrupts`. */
export interface Interrupts {
  /** Aborted with the signal's name as the reason. */
  readonly signal: AbortSignal;
  stop(): void;
}

/** Watches for signals that interrupt a command. Calls `say` with a line when the first signal arrives. */
export function watchInterrupts(source: SignalSource, say: (text: string) => void): Interrupts {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (name: Interrupt) => (): void => {
    if (controller.signal.aborted) {
      source.exit(CODES[name]);
      return;
    }
    timer = setTimeout(() => source.exit(CODES[name]), PATIENCE_MS);
    timer.unref();
    say(`${name}: ending, with a report of what was done. Once more ends at once.`);
    controller.abort(name);
  };
  const onInt = onSignal('SIGINT');
  const onTerm = onSignal('SIGTERM');
  source.on('SIGINT', onInt);
  source.on('SIGTERM', onTerm);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
      source.off('SIGINT', onInt);
      source.off('SIGTERM', onTerm);
    },
  };
}

/** Returns the signal that aborted a command, if any. */
export function interruptOf(signal: AbortSignal): Interrupt | undefined {
  return signal.aborted ? (signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT') : undefined;
}
