/** Who may come to one organisation, and who has done what, in the database. */
import type { Database } from './open.ts';
import type { OrganisationStore } from './organisation.ts';

type Access = Pick<
  OrganisationStore,
  'tokens' | 'revokeToken' | 'shareLinks' | 'revokeShareLink' | 'audit' | 'auditLog'
>;

/** Returns the queries for the tokens, share links and audit log of `organisation`. */
export function accessOf(db: Database, organisation: string): Access {
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
    async revokeToken(id) {
      // Browsers that were signed in with it are signed out.
      await db
        .updateTable('tokens')
        .set({ revoked_at: new Date() })
        .where('organisation', '=', organisation)
        .where('name', '=', `browser session of ${id}`)
        .execute();
      return revoke('tokens', id);
    },
    shareLinks: (run) =>
      db
        .selectFrom('share_links')
        .select(['id', 'created_at as createdAt', 'expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('organisation', '=', organisation)
        .where('run', '=', run)
        .orderBy('created_at')
        .execute(),
    revokeShareLink: (id) => revoke('share_links', id),
    async audit(actor, action, subject) {
      await db.insertInto('audit_log').values({ organisation, actor, action, subject }).execute();
    },
    async auditLog(before, limit) {
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
