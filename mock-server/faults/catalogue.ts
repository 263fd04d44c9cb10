/** Loads all faults: every file of this folder except the shared ones exports a fault, or a list of faults. */
import { readdir } from 'node:fs/promises';
import type { Fault } from './fault.ts';

const MACHINERY: ReadonlySet<string> = new Set(['catalogue', 'fault', 'fault-answer', 'faults']);

async function load(): Promise<ReadonlyMap<string, Fault>> {
  const faults = new Map<string, Fault>();
  const files = (await readdir(import.meta.dirname)).flatMap((file) => {
    const [, name, extension] = /^([a-z0-9-]+)\.([tj]s)$/.exec(file) ?? [];
    return name === undefined || extension === undefined || MACHINERY.has(name) ? [] : { name, extension };
  });
  const loaded = files
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(async ({ name, extension }) => {
      const file = `${name}.${extension}`;
      const { default: found } = (await import(new URL(file, import.meta.url).href)) as {
        default?: Fault | readonly Fault[];
      };
      return { name, file, found };
    });
  for (const { name, file, found } of await Promise.all(loaded)) {
    if (found === undefined || ('id' in found && found.id !== name))
      throw new Error(`${file} exports no fault by the name of its file`);
    for (const fault of 'id' in found ? [found] : found) {
      if (faults.has(fault.id)) throw new Error(`${file} exports the fault "${fault.id}", which there is already`);
      faults.set(fault.id, fault);
    }
  }
  return faults;
}

/** The faults by id, loaded once. */
export const FAULTS: ReadonlyMap<string, Fault> = await load();
