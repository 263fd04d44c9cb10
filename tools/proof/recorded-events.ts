/** Reads recorded histories from disk: one folder for each client, one file of events for each scenario. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../src/history/event.ts';

/** Returns the names of the clients that were recorded completely, sorted. */
export function recordedNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'recording.json')))
    .sort();
}

/** Returns one client's events in the order in which they were recorded, ended by a `run-end` that says the run was completed. */
export function readEvents(folder: string, name: string): readonly Event[] {
  const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.jsonl'));
  const events = files.flatMap((file) =>
    readFileSync(join(folder, name, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event),
  );
  const recording = JSON.parse(readFileSync(join(folder, name, 'recording.json'), 'utf8')) as {
    readonly facts: { readonly begin: Event };
  };
  const whole = [recording.facts.begin, ...events.sort((a, b) => a.seq - b.seq)];
  const { seq = 0, t = 0 } = whole.at(-1) ?? {};
  return [...whole, { seq: seq + 1, t, scenario: '', prev: '', kind: 'run-end', outcome: 'completed' }];
}
