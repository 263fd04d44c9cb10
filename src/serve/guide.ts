/** Runs one scenario with a person who drives the client. */
import type { LoadedConfig } from '../config/load.ts';
import { environment } from '../run/client-variables.ts';
import type { OpenRun } from '../run/open-run.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Scenario } from '../run/scenario.ts';
import type { LiveMock } from './live-mock.ts';

/** The parts of a guide. */
export interface GuideParts {
  readonly config: LoadedConfig;
  readonly opened: OpenRun;
  readonly live: LiveMock;
  /** Called when another scenario, or none, is running. */
  readonly changed: () => void;
}

/** Guides a person through scenarios; made by `createGuide`. */
export interface Guide {
  /** Resolves when the scenario has ended or was stopped. Rejects with HarnessError only. */
  run(scenario: Scenario): Promise<void>;
  hasRun(scenario: Scenario): boolean;
  /** Interrupts the running scenario; resolves when it has ended. */
  stop(): Promise<void>;
  readonly current: Scenario | undefined;
}

/** Creates a guide. A scenario can be run once in a session. */
export function createGuide({ config, opened, live, changed }: GuideParts): Guide {
  const { recording, mock } = live;
  const { app, driver, redactor, observer } = opened;
  // Actions, processes and users are numbered throughout the session.
  const last = { action: 0, process: 0, user: 0 };
  const ran = new Set<string>();
  let current: { readonly scenario: Scenario; readonly stop: AbortController } | undefined;
  let over: Promise<unknown> = Promise.resolve();
  const { clientId, clientSecret, redirectUris, scopes } = config.app;

  const run = async (scenario: Scenario, signal: AbortSignal): Promise<void> => {
    recording.guide(scenario.id);
    try {
      await runScenario({
        ...{ scenario, mode: scenario.id === 'strict' ? 'strict' : live.mode, app, driver, mock, signal },
        record: (body) => recording.record(body),
        session: {
          env: environment({ loginUrl: mock.loginUrl, clientId, clientSecret, redirectUris, scopes }),
          loginUrl: mock.loginUrl,
          redirectUris,
          timeoutMs: config.run.timeoutMs,
          browserKey: mock.browserKey,
          redact: (raw) => redactor.redact(raw),
          next: (what) => (last[what] += 1),
        },
        run: config.run,
        harnessFault: () => observer.harnessFault(scenario.id),
      });
    } finally {
      recording.guide(undefined);
      current = undefined;
    }
    live.setMode(live.mode);
  };
  return {
    run(scenario) {
      const stop = new AbortController();
      ran.add(scenario.id);
      // Events between scenarios are recorded as live traffic: the client may still be sending.
      live.leave();
      current = { scenario, stop };
      const whole = run(scenario, stop.signal);
      over = whole.catch(() => undefined);
      changed();
      return whole;
    },
    hasRun: ({ id }) => ran.has(id),
    async stop() {
      current?.stop.abort();
      await over;
    },
    get current() {
      return current?.scenario;
    },
  };
}
