/** Writes a run to the database. Only the instance that owns the run calls these functions. */
import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { repeat } from '../repeat.ts';
import type { Database } from './open.ts';
import type { Failure } from '../link/peer.ts';
import type { Tables } from './tables.ts';

/** A line of the history with its number. */
export interface Line {
  readonly seq: number;
  readonly line: string;
}

/** The end of a scenario, stored with the lines of the history up to it. */
export interface ScenarioEnd {
  readonly id: string;
  readonly outcome: string;
  readonly durationMs: number;
  /** Event number of its `scenario-end`. */
  readonly seq: number;
}

/** How a run ended: with a verdict, or with the error that kept it from one. */
export interface RunEnd {
  readonly verdict?: string | undefined;
  readonly summary?: string | undefined;
  readonly error?: Failure | undefined;
}

/** Lines that one statement adds: a statement has at most 65,535 parameters. */
const MOST_LINES = 5_000;

/** Returns the writer of one run. */
export function createRunStore(db: Database, run: string) {
  return {
    /** Makes `owner` the instance that plays the run. False when another one does, or it has ended. */
    async begin(owner: string) {
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ owner, state: 'running' })
        .where('id', '=', run)
        .where('state', '<>', 'ended')
        .where((is) => is.or([is('owner', 'is', null), is('owner', '=', owner)]))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /**
     * Adds lines and the scenarios that ended with them, all or none; what is there already is not added again.
     * @throws HarnessError `repeat` when the run has ended, or another line has one of the numbers: it is not this instance's any more
     */
    append: (lines: readonly Line[], ended: readonly ScenarioEnd[]): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        // Ending the run waits for this transaction, and lines after the end are refused.
        const open = await transaction
          .selectFrom('runs')
          .select('id')
          .where('id', '=', run)
          .where('state', '<>', 'ended')
          .forShare()
          .executeTakeFirst();
        if (open === undefined) throw lost();
        for (let from = 0; from < lines.length; from += MOST_LINES) {
          await addLines(transaction, run, lines.slice(from, from + MOST_LINES));
        }
        for (const { id, outcome, durationMs, seq } of ended) {
          const values = { run, id, outcome, duration_ms: Math.round(durationMs), last_seq: seq };
          await transaction
            .insertInto('scenarios')
            .values(values)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      }),
    /** The history so far, in order. */
    async lines() {
      const rows = await db.selectFrom('events').select('line').where('run', '=', run).orderBy('seq').execute();
      return rows.map(({ line }) => line);
    },
    /** Keeps a file of the report. */
    async keep(file: string, content: Uint8Array) {
      const sha256 = hash('sha256', content, 'hex');
      await db
        .insertInto('reports')
        .values({ run, file, sha256, content })
        .onConflict((conflict) => conflict.columns(['run', 'file']).doNothing())
        .execute();
    },
    async end({ verdict, summary, error }: RunEnd) {
      await db
        .updateTable('runs')
        .set({
          ...{ state: 'ended', ended_at: new Date(), verdict: verdict ?? null, summary: summary ?? null },
          error: error === undefined ? null : JSON.stringify(error),
        })
        .where('id', '=', run)
        .where('state', '<>', 'ended')
        .execute();
    },
  };
}

/** Writes one run. */
export type RunStore = ReturnType<typeof createRunStore>;

/** Adds lines. A commit whose answer was lost is tried again: then the same lines are there. */
async function addLines(transaction: Transaction<Tables>, run: string, lines: readonly Line[]): Promise<void> {
  const { numInsertedOrUpdatedRows: added } = await transaction
    .insertInto('events')
    .values(lines.map((one) => ({ run, ...one })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(added) === lines.length) return;
  const numbers = lines.map(({ seq }) => seq);
  const there = await transaction
    .selectFrom('events')
    .select(['seq', 'line'])
    .where('run', '=', run)
    .where('seq', '>=', Math.min(...numbers))
    .where('seq', '<=', Math.max(...numbers))
    .execute();
  const kept = new Map(there.map(({ seq, line }) => [seq, line]));
  if (lines.some(({ seq, line }) => kept.get(seq) !== line)) throw lost();
}

const lost = (): Error => repeat('The run was ended by another instance of the service.');
