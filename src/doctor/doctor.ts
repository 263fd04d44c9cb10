/** Checks whether this client can be judged at all, and separates faults of the configuration from failures of the client. */
import type { LoadedConfig } from '../config/load.ts';
import { temporaryFolder } from '../drivers/process/folder.ts';
import type { EventOf } from '../history/event.ts';
import type { Progress } from '../run/progress.ts';
import { clockStep } from './clock-step.ts';
import { driftSince, fileClock, headerClock, now } from './clock.ts';
import { commandStep } from './command-step.ts';
import { runTrialLogin, type TrialLogin } from './trial-login.ts';
import { trialLoginSteps, untriedSteps } from './trial-login-steps.ts';
import { portStep } from './port-step.ts';
import { proxyStep } from './proxy-step.ts';
import { notOk, ok, type Step } from './step.ts';
import type { HarnessError } from '../errors.ts';

/** Options of `doctor`. */
export interface DoctorOptions {
  readonly config: LoadedConfig;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Time limit of each action in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** The result of `doctor`. */
export interface Diagnosis {
  /** Whether no step is `not ok`: the client can be judged. */
  readonly healthy: boolean;
  readonly steps: readonly Step[];
}

/** Milliseconds within which an application must report its time. */
const HEADER_MS = 3_000;

const CONFIGURATION = 'Configuration';

const UNTRIED: TrialLogin = { logins: [], events: [], seenAt: new Map() };

/** Returns the diagnosis for an invalid configuration. */
export function unconfigured({ message, hint }: HarnessError): Diagnosis {
  return { healthy: false, steps: [notOk('configuration', CONFIGURATION, message, hint), ...untriedSteps()] };
}

/** Runs one or two logins against a mock of its own; leaves nothing behind. */
export async function doctor({ config, env, timeoutMs, signal, progress }: DoctorOptions): Promise<Diagnosis> {
  const { driver, app, dir: place, file } = config;
  const begun = now();
  const folder = temporaryFolder('doctor');
  const dir = folder.path;
  try {
    const command = await commandStep(driver, place, env);
    const ports = await portStep(app.redirectUris, driver);
    // One cause, one message: a client that cannot be started is not tried.
    const missing = command?.state === 'not ok';
    const contact = missing ? UNTRIED : await runTrialLogin({ config, dir, timeoutMs, signal, progress });
    const own = 'env' in driver ? driver.env : 'start' in driver ? (driver.start?.env ?? {}) : {};
    const arrived = contact.events.some((event) => event.kind === 'request' && event.facts.kind === 'token');
    const issuedAt = issuedAtClock(contact);
    const application = 'baseUrl' in driver ? await headerClock(driver.baseUrl, HEADER_MS) : undefined;
    const steps = [
      ok('configuration', CONFIGURATION, file ?? 'all defaults'),
      ...(command === undefined ? [] : [command]),
      ports,
      ...(missing ? [] : [proxyStep({ ...env, ...own }, config.mock.host, arrived)]),
      ...(missing ? untriedSteps() : trialLoginSteps(contact)),
      clockStep({
        drift: driftSince(begun),
        file: await fileClock(dir),
        ...(issuedAt === undefined ? {} : { issuedAt }),
        ...(application === undefined ? {} : { application }),
      }),
    ];
    return { healthy: steps.every(({ state }) => state !== 'not ok'), steps };
  } finally {
    folder.remove();
  }
}

/** Returns `issued_at` of the first token answer minus the system clock when it was sent. */
function issuedAtClock({ events, seenAt }: TrialLogin): number | undefined {
  const answer = events.find(
    (event): event is EventOf<'response'> => event.kind === 'response' && event.issued?.accessToken !== undefined,
  );
  const [, issuedAt] = /"issued_at"\s*:\s*"(\d{13})"/u.exec(answer?.body ?? '') ?? [];
  const at = answer === undefined ? undefined : seenAt.get(answer.seq);
  return issuedAt === undefined || at === undefined ? undefined : Number(issuedAt) - at;
}
