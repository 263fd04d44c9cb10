// What the application remembers: sessions with their Salesforce tokens, in SQLite. Tokens are encrypted; the key is not in the file.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/**
 * @param {string} file
 * @param {string} secret from the environment or a redactor; the file alone reveals no tokens
 */
export function openStore(file, secret) {
  const key = createHash('sha256').update(secret).digest();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec('CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, tokens BLOB NOT NULL)');
  const select = db.prepare('SELECT tokens FROM session WHERE id = ?');
  const upsert = db.prepare(
    'INSERT INTO session VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens',
  );
  const remove = db.prepare('DELETE FROM session WHERE id = ?');
  // The file does not tell a session's cookie either.
  const hashed = (session) => createHash('sha256').update(session).digest('base64url');

  const seal = (session, tokens) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(hashed(session)));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  };
  const unseal = (session, blob) => {
    const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, 12)).setAAD(Buffer.from(hashed(session)));
    decipher.setAuthTag(blob.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]).toString('utf8'));
  };

  return {
    load: (session) => {
      const row = select.get(hashed(session));
      return row === undefined ? undefined : unseal(session, Buffer.from(row.tokens));
    },
    save: (session, tokens) => void upsert.run(hashed(session), seal(session, tokens)),
    clear: (session) => void remove.run(hashed(session)),
  };
}
