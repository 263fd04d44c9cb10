/** Reads the clocks. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The system clock and the monotonic clock of this machine at one moment, in milliseconds. */
export interface Instant {
  readonly system: number;
  readonly monotonic: number;
}

/** Reads the system clock and the monotonic clock at one moment. */
export function now(): Instant {
  return { system: Date.now(), monotonic: performance.now() };
}

/** Returns how much more the system clock advanced than the monotonic one since `then`. */
export function driftSince(then: Instant): number {
  const later = now();
  return later.system - then.system - (later.monotonic - then.monotonic);
}

/** Returns the file system's time minus the system clock; leaves a file in `dir`. */
export async function fileClock(dir: string): Promise<number> {
  const path = join(dir, 'clock');
  await writeFile(path, '');
  const { mtimeMs } = await stat(path);
  return mtimeMs - Date.now();
}

/** Returns the `Date` of an answer from `url` minus the system clock; undefined without an answer or a date. */
export async function headerClock(url: string, timeoutMs: number): Promise<number | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    const at = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(at) ? undefined : at - Date.now();
  } catch {
    return undefined;
  }
}
