/** Records what would be left behind if the harness were killed: the client's processes and the temporary folders. */
import { appendFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { placeOfProcesses, startOf } from './process-start.ts';

/** Schema of one line of a ledger. `ended`: the folder or process of an earlier line is gone. */
export const ledgerLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('harness'), pid: z.int().min(1), startedAt: z.string(), place: z.string() }),
  z.object({ kind: z.literal('process'), pid: z.int().min(2), startedAt: z.string(), program: z.string() }),
  z.object({ kind: z.literal('folder'), path: z.string() }),
  z.object({ kind: z.literal('ended'), what: z.union([z.int(), z.string()]) }),
]);

/** One line of a ledger file, written by the harness and read by `endLeftovers` of a later one. */
export type LedgerLine = z.infer<typeof ledgerLine>;

/** Name of a ledger file, which is next to the temporary folders. */
export const LEDGER_NAME = /^sf-conformance-ledger-[0-9a-f]{16}$/;

/** The ledger of this process; made by `ledgerIn`. */
export interface Ledger {
  /** Notes a folder; call the returned function when it is removed. */
  folder(path: string): () => void;
  /** Notes a process of the client; call the returned function when it has ended. */
  process(pid: number, program: string): () => void;
}

const kept = new Map<string, Ledger>();

/** Returns the ledger of this process in `folder`; the file exists only while it has entries. */
export function ledgerIn(folder: string): Ledger {
  const known = kept.get(folder) ?? createLedger(folder);
  kept.set(folder, known);
  return known;
}

function createLedger(folder: string): Ledger {
  const path = join(folder, `sf-conformance-ledger-${randomBytes(8).toString('hex')}`);
  const noted = new Set<number | string>();
  const write = (line: LedgerLine): void => {
    // A run works without a ledger; only leftovers of a killed harness are then not found.
    try {
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      return;
    }
  };
  const note = (what: number | string, line: LedgerLine): (() => void) => {
    if (noted.size === 0) {
      const { pid } = process;
      write({ kind: 'harness', pid, startedAt: startOf(pid) ?? '', place: placeOfProcesses() });
    }
    noted.add(what);
    write(line);
    return () => {
      if (!noted.delete(what)) return;
      if (noted.size === 0) rmSync(path, { force: true });
      else write({ kind: 'ended', what });
    };
  };
  return {
    folder: (made) => note(made, { kind: 'folder', path: made }),
    process(pid, program) {
      const startedAt = startOf(pid);
      return startedAt === undefined ? () => undefined : note(pid, { kind: 'process', pid, startedAt, program });
    },
  };
}
