/** Queries the reports of one organisation's runs: their files, publication and share links. */
import { hashOf, newId, newSecret } from './ids.ts';
import type { Database } from './open.ts';

/** Returns the queries for the reports of `organisation`. */
export function reportsOf(db: Database, organisation: string) {
  const runs = () => db.selectFrom('runs').where('organisation', '=', organisation);
  return {
    /** Names of the files of a run's report, and of its history; none before there is a report. */
    async files(id: string) {
      const rows = await runs()
        .innerJoin('reports', 'reports.run', 'runs.id')
        .select('file')
        .where('runs.id', '=', id)
        .orderBy('file')
        .execute();
      return rows.length === 0 ? [] : [...new Set([...rows.map(({ file }) => file), 'history.jsonl'])];
    },
    async file(id: string, name: string) {
      const row = await runs()
        .innerJoin('reports', 'reports.run', 'runs.id')
        .select('content')
        .where('runs.id', '=', id)
        .where('file', '=', name)
        .executeTakeFirst();
      if (row !== undefined || name !== 'history.jsonl') return row && Buffer.from(row.content);
      // The lines of a history that one instance recorded are stored unchanged.
      const lines = await runs()
        .innerJoin('events', 'events.run', 'runs.id')
        .select('line')
        .where('runs.id', '=', id)
        .orderBy('seq')
        .execute();
      return lines.length === 0 ? undefined : Buffer.from(lines.map(({ line }) => `${line}\n`).join(''));
    },
    /** Publishes a run under a name that cannot be guessed, or withdraws it. Resolves with the name. */
    async publish(id: string, on: boolean) {
      const name = on ? newId('s') : null;
      const { numUpdatedRows } = await db
        .updateTable('runs')
        .set({ published_as: name })
        .where('organisation', '=', organisation)
        .where('id', '=', id)
        .where('verdict', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? name : undefined;
    },
    async createShareLink(id: string, expiresAt: Date) {
      const found = await runs().select('id').where('id', '=', id).executeTakeFirst();
      if (found === undefined) return undefined;
      const secret = newSecret();
      const link = { id: newId('s'), organisation, run: id, hash: hashOf(secret), expires_at: expiresAt };
      await db.insertInto('share_links').values(link).execute();
      return { id: link.id, secret };
    },
  };
}
