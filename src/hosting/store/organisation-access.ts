/** Queries the tokens, share links and audit log of one organisation. */
import type { Database } from './open.ts';
import { signOut } from './sign-in-rules.ts';

/** Returns the queries for the tokens, share links and audit log of `organisation`. */
export function accessOf(db: Database, organisation: string) {
  const revoke = async (table: 'tokens' | 'share_links', id: string): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable(table)
      .set({ revoked_at: new Date() })
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  };
  return {
    tokens: () =>
      db
        .selectFrom('tokens')
        .select(['id', 'name', 'scopes', 'created_at as createdAt'])
        .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('organisation', '=', organisation)
        .orderBy('created_at')
        .execute(),
    async revokeToken(id: string) {
      await signOut(db, organisation, id);
      return revoke('tokens', id);
    },
    shareLinks: (run: string) =>
      db
        .selectFrom('share_links')
        .select(['id', 'created_at as createdAt', 'expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('organisation', '=', organisation)
        .where('run', '=', run)
        .orderBy('created_at')
        .execute(),
    revokeShareLink: (id: string) => revoke('share_links', id),
    /** Writes down what was done, by whom. */
    async audit(actor: string, action: string, subject: string) {
      await db.insertInto('audit_log').values({ organisation, actor, action, subject }).execute();
    },
    async auditLog(before: number | undefined, limit: number) {
      const all = db
        .selectFrom('audit_log')
        .select(['number', 'at', 'actor', 'action', 'subject'])
        .where('organisation', '=', organisation)
        .orderBy('number', 'desc')
        .limit(limit);
      return (before === undefined ? all : all.where('number', '<', before)).execute();
    },
  };
}
