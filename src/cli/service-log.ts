/** Looks up in the log of a service whether it contains a report that the service signed. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { linkOf } from '../history/chain.ts';
import { fetched, isService } from './trusted-keys.ts';

const answerSchema = z.object({ entries: z.array(z.string()).min(1) });
const entrySchema = z.object({ number: z.int(), signature: z.string(), prev: z.string(), at: z.string() });

/** The result of looking up one run in the log of one service. */
export type PlaceInLog =
  | { readonly ok: true; readonly service: string; readonly number: number; readonly at: string }
  | { readonly ok: false; readonly service: string; readonly why: string };

/** Looks for the run in `dir` in the log of each service in `named`: by the SHA-256 of its `report.sig`, verified through the chain of
 * later entries. */
export async function placesInLogs(named: readonly string[], dir: string): Promise<readonly PlaceInLog[]> {
  const signature = hash('sha256', await readFile(join(dir, 'report.sig')), 'hex');
  return Promise.all(named.filter(isService).map((service) => placeIn(service, signature)));
}

async function placeIn(service: string, signature: string): Promise<PlaceInLog> {
  try {
    const { entries } = answerSchema.parse(JSON.parse(await fetched(new URL(`/v1/log/${signature}`, service))));
    const read = entries.map((entry) => entrySchema.parse(JSON.parse(entry)));
    const [own] = read;
    if (own?.signature !== signature) return { ok: false, service, why: 'its log answers with another report' };
    const broken = read.findIndex(({ prev }, index) => index > 0 && prev !== linkOf(entries[index - 1] ?? ''));
    if (broken > 0)
      return { ok: false, service, why: `the chain of its log is broken after entry ${String(own.number)}` };
    return { ok: true, service, number: own.number, at: own.at };
  } catch (error) {
    return {
      ok: false,
      service,
      why: `it is not in its log (${error instanceof Error ? error.message : 'unreadable'})`,
    };
  }
}
