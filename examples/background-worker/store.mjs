// One SQLite file for all processes of the worker. A process that writes holds the file's write lock, which the operating
// system gives back when the process dies: no lock file can be left behind.
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting process looks again, and how long it waits at most, in milliseconds. */
const lookMs = 25;
const waitMs = 60_000;

/** @param {string} file */
export function openStore(file) {
  const db = new DatabaseSync(file);
  chmodSync(file, 0o600);
  // Readers are not held up by a refresh; what was committed is on the disk.
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec('CREATE TABLE IF NOT EXISTS connection (id INTEGER PRIMARY KEY CHECK (id = 1), tokens TEXT NOT NULL)');
  const select = db.prepare('SELECT tokens FROM connection');
  const upsert = db.prepare(
    'INSERT INTO connection VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens',
  );
  const remove = db.prepare('DELETE FROM connection');
  let tail = Promise.resolve();

  const begin = async () => {
    db.exec('PRAGMA busy_timeout = 0');
    for (const end = Date.now() + waitMs; ; await sleep(lookMs)) {
      try {
        db.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        // SQLITE_BUSY: another process is writing.
        if ((error.errcode & 0xff) !== 5 || Date.now() > end) throw error;
      }
    }
  };

  const locked = async (work) => {
    await begin();
    try {
      const result = await work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      // What was saved is saved, whatever happened after it.
      db.exec('COMMIT');
      throw error;
    }
  };

  return {
    load: () => {
      const row = select.get();
      return row === undefined ? undefined : JSON.parse(row.tokens);
    },
    save: (tokens) => void upsert.run(JSON.stringify(tokens)),
    clear: () => void remove.run(),
    /** Runs `work` while no other call of this process and no other process is in here. Save and clear only inside. */
    alone: (work) => {
      const mine = tail.then(() => locked(work));
      tail = mine.catch(() => undefined);
      return mine;
    },
  };
}
