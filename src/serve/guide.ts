/** Plays one scenario with a person as the client's hands. */
import type { Mock, Mode } from '../../mock-server/mock.ts';
import type { SecretRedactor } from '../../mock-server/recorder/redactor.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Driver } from '../drivers/driver.ts';
import type { AppDescription, ScenarioOutcome } from '../history/event.ts';
import { environment } from '../run/environment.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Scenario } from '../run/scenario.ts';
import type { Recording } from './recording.ts';

export interface GuideParts {
  readonly config: LoadedConfig;
  readonly app: AppDescription;
  readonly driver: Driver;
  readonly mock: Mock;
  readonly redactor: SecretRedactor;
  readonly recording: Recording;
  /** What broke on the harness's side during a scenario. */
  readonly harnessFault: (scenario: string) => string | undefined;
}

export interface Guide {
  /** Resolves when the scenario is over, played or stopped. Rejects only with HarnessError. */
  play(scenario: Scenario, mode: Mode): Promise<ScenarioOutcome>;
  /** Breaks off what is played. */
  stop(): void;
  readonly current: Scenario | undefined;
}

export function createGuide({ config, app, driver, mock, redactor, recording, harnessFault }: GuideParts): Guide {
  // Verbs, processes and users are counted through the session.
  const last = { verb: 0, process: 0, user: 0 };
  let playing: { readonly scenario: Scenario; readonly stop: AbortController } | undefined;
  const { clientId, clientSecret, redirectUris, scopes } = config.app;
  return {
    async play(scenario, mode) {
      const stop = new AbortController();
      playing = { scenario, stop };
      recording.guide(scenario.id);
      try {
        const { outcome } = await runScenario({
          ...{ scenario, mode, app, driver, mock },
          record: (body) => recording.record(body),
          session: {
            env: environment({
              ...{ loginUrl: mock.loginUrl, clientId, redirectUris, scopes },
              ...(clientSecret === undefined ? {} : { clientSecret }),
            }),
            loginUrl: mock.loginUrl,
            redirectUris,
            timeoutMs: config.run.timeoutMs,
            browserKey: mock.browserKey,
            redact: (raw) => redactor.redact(raw),
            next: (what) => (last[what] += 1),
          },
          run: config.run,
          signal: stop.signal,
          harnessFault: () => harnessFault(scenario.id),
        });
        return outcome;
      } finally {
        recording.guide(undefined);
        playing = undefined;
      }
    },
    stop: () => playing?.stop.abort(),
    get current() {
      return playing?.scenario;
    },
  };
}
