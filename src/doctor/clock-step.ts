/** Checks whether the clocks agree, on which the lifetimes of tokens and codes depend. Pure. */
import { notOk, ok, type Step } from './step.ts';

/** Readings of the clocks in milliseconds; a failed reading is absent. */
export interface ClockReadings {
  /** How much more the system clock advanced than the monotonic one during the set-up check. */
  readonly drift: number;
  /** Time that the file system gave a new file, minus the system clock. */
  readonly file?: number;
  /** `issued_at` of a token answer, minus the system clock when it was sent. */
  readonly issuedAt?: number;
  /** `Date` of the application's answer (whole seconds), minus the system clock. */
  readonly application?: number;
}

const ID = 'clock';
const TITLE = 'Clock';
/** Largest difference in milliseconds that rounding to seconds and a slow answer explain. */
const MOST_MS = 3_000;
const NTP = 'Let the machine keep its time by NTP.';

/** Returns the step about the clocks, which names the first one that is off. */
export function clockStep({ drift, file, issuedAt, application }: ClockReadings): Step {
  if (off(drift)) return notOk(ID, TITLE, `The system clock jumped by ${seconds(drift)} meanwhile.`, NTP);
  if (off(file))
    return notOk(
      ID,
      TITLE,
      `A new file is dated ${seconds(file)} away from the system clock.`,
      'Use a local folder for temporary files (TMPDIR), or fix the clock of the file server.',
    );
  if (off(issuedAt)) return notOk(ID, TITLE, `\`issued_at\` is ${seconds(issuedAt)} away from the system clock.`, NTP);
  if (off(application))
    return notOk(
      ID,
      TITLE,
      `The application's clock is ${seconds(application)} away from this machine's.`,
      'Set the clock of the container or machine that it runs on.',
    );
  return ok(ID, TITLE);
}

function off(ms: number | undefined): ms is number {
  return ms !== undefined && Math.abs(ms) > MOST_MS;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(0)} s`;
}
