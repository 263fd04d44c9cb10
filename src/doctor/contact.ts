/** Tries the client: the pre-flight of a run, and one login that is only observed where strict refuses. */
import { join } from 'node:path';
import { createVault } from '../../mock-server/recorder/memory.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';
import { openLog } from '../history/open-log.ts';
import { describeApp } from '../run/app-description.ts';
import { createWorker, type Worker } from '../run/campaign.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { createObserver } from '../run/observer.ts';
import { createPatience } from '../run/patience.ts';
import { faultOf } from '../run/preflight.ts';
import type { Progress } from '../run/progress.ts';
import { Trouble } from '../trouble.ts';

/** What the client showed. */
export interface Contact {
  /** Absent when the mock itself could not listen. */
  readonly loginUrl?: string;
  /** In order; one or two. Empty when the client could not be started. */
  readonly logins: readonly LoginAnswer[];
  readonly events: readonly Event[];
  /** By event number, milliseconds since 1970 of the system clock. */
  readonly seenAt: ReadonlyMap<number, number>;
  /** Why client or mock could not be started, or why the client can not be judged. */
  readonly fault?: Trouble;
}

export interface ContactOptions {
  readonly config: LoadedConfig;
  /** Empty folder for the history of the pre-flight. */
  readonly dir: string;
  /** Per verb, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @throws what is no Trouble: a fault of the harness. */
export async function makeContact({ config, dir, timeoutMs, signal, progress }: ContactOptions): Promise<Contact> {
  const driver = createDriver(config.driver, { configDir: config.dir });
  const log = openLog({ path: join(dir, 'history.jsonl') });
  const observer = createObserver();
  const events: Event[] = [];
  const seenAt = new Map<number, number>();
  log.subscribe((event) => {
    observer.see(event);
    driver.see?.(event);
    events.push(event);
    seenAt.set(event.seq, Date.now());
  });
  const logins: LoginAnswer[] = [];
  const patience = createPatience(timeoutMs);
  let worker: Worker | undefined;
  const contact = (fault: Trouble | undefined): Contact => ({
    ...(worker === undefined ? {} : { loginUrl: worker.loginUrl }),
    logins,
    events,
    seenAt,
    ...(fault === undefined ? {} : { fault }),
  });
  try {
    const app = describeApp(config);
    const parts = { config, app, driver, log, vault: createVault(), observer, patience, progress, signal };
    worker = await createWorker({ ...parts, seed: config.run.seed }, config.mock.port);
    for (const [id, mode] of [
      ['strict', 'strict'],
      ['login', 'observing'],
    ] as const) {
      if (signal.aborted || (mode === 'observing' && !observer.refused)) break;
      const scenario = (await loadCatalogue()).scenarios.find((one) => one.id === id);
      if (scenario !== undefined) logins.push(...(await worker.play(scenario, mode)).logins);
    }
    return contact(
      faultOf({
        ...{ login: logins.at(-1), tokenRequested: observer.tokenRequested, refusals: observer.observedRefusals },
        ...{ authorizationRequested: observer.authorizationRequested, timeoutMs, lastWords: observer.lastWords },
        ...{
          callbackError: observer.callbackError,
          redirectUri: observer.redirectUri,
          registered: config.app.redirectUris,
        },
      }),
    );
  } catch (error) {
    if (error instanceof Trouble) return contact(error);
    throw error;
  } finally {
    await worker?.close();
    await log.close();
  }
}
