/**
 * The parts of the recorded proof clients that decide, in one compressed file: of each client the scenarios in which a check comes out
 * otherwise than for the reference client. `npm run recordings -- pack FOLDER` makes it from whole recordings.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Event } from '../../../src/history/event.ts';
import type { ClientGrading } from '../gradings.ts';

/** One client: part of what it did, and what the checks say of that part. */
export interface PackedClient {
  readonly name: string;
  /** `run-begin`, then the chosen scenarios. */
  readonly events: readonly Event[];
  readonly grading: ClientGrading;
}

const FILE = join(import.meta.dirname, 'clients.jsonl.br');
/** The preflight decides between strict and observing, so every client's is there. */
const ALWAYS = 'strict';
/** Every login and refresh of a long run: too much for what it adds. */
const NEVER = 'soak';

/** Reads the packed clients, by name. */
export function readPack(): readonly PackedClient[] {
  const lines = brotliDecompressSync(readFileSync(FILE)).toString('utf8').split('\n');
  return lines.map((line) => JSON.parse(line) as PackedClient);
}

/** Replaces the packed clients. */
export function writePack(clients: readonly PackedClient[]): void {
  const text = clients
    .map((client) => JSON.stringify(client))
    .join('\n')
    .replaceAll(',"prev":""', '');
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  writeFileSync(FILE, brotliCompressSync(text, { params }));
}

/** Returns the part of a client's events that decides its verdicts: for each check that differs from the reference, one scenario. */
export function decidingPart(
  events: readonly Event[],
  grading: ClientGrading,
  reference: ClientGrading,
): readonly Event[] {
  const sizes = new Map<string, number>();
  for (const { scenario } of events) sizes.set(scenario, (sizes.get(scenario) ?? 0) + 1);
  const chosen = new Set(['', ALWAYS]);
  for (const [id, { verdict, scenarios }] of Object.entries(grading.checks)) {
    if (verdict === reference.checks[id]?.verdict) continue;
    const showing = Object.keys(scenarios).filter((name) => scenarios[name]?.verdict === verdict && name !== NEVER);
    if (showing.some((name) => chosen.has(name))) continue;
    const [smallest] = showing.sort((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0));
    if (smallest !== undefined) chosen.add(smallest);
  }
  return events.filter(({ scenario }) => chosen.has(scenario));
}
