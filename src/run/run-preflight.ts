/** Checks the set-up before a run: one strict login and refresh, and one observed login when the strict mock refused the first. */
import type { Mode } from '../../mock-server/mock.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import { HarnessError } from '../errors.ts';
import { loadCatalogue } from './catalogue.ts';
import type { Observer } from './observer.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** Options of `runPreflight`. */
export interface PreflightOptions {
  readonly runIn: (scenario: Scenario, mode: Mode) => Promise<ScenarioResult>;
  readonly observer: Observer;
  /** Mode of the run unless the strict mock refuses the client. */
  readonly policy: Mode;
  readonly signal: AbortSignal;
  /** Runs the observed login after every refusal; default: only when no token request arrived. */
  readonly alwaysObserve?: boolean;
}

/** The result of the set-up check. */
export interface Preflight {
  /** Mode for the rest of the run. */
  readonly mode: Mode;
  /** One or two logins, in order. */
  readonly logins: readonly LoginAnswer[];
  /** Duration of a login that ran alone, in milliseconds; undefined when none succeeded. */
  readonly loginMs: number | undefined;
  /** Whether the scenario `login` has been run. */
  readonly loginRan: boolean;
}

/** Checks that the client can log in and refresh before anything else is run.
 * @throws HarnessError as `runIn` does. */
export async function runPreflight(options: PreflightOptions): Promise<Preflight> {
  const { runIn, observer, policy, signal, alwaysObserve = false } = options;
  const first = await runIn(await scenarioOf('strict'), 'strict');
  const mode = observer.refused ? 'observing' : policy;
  const again = observer.refused && !signal.aborted && (alwaysObserve || !observer.tokenRequested);
  const second = again ? await runIn(await scenarioOf('login'), mode) : undefined;
  const logins = [...first.logins, ...(second?.logins ?? [])];
  return { mode, logins, loginMs: second?.loginMs ?? first.loginMs, loginRan: again };
}

async function scenarioOf(id: string): Promise<Scenario> {
  const found = (await loadCatalogue()).scenarios.find((scenario) => scenario.id === id);
  if (found !== undefined) return found;
  throw new HarnessError('catalogue-broken', `The scenario "${id}" is missing.`, 'Reinstall the package.', {
    exit: 70,
  });
}
