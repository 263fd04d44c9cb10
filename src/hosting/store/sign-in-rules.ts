/** Who may sign in to an organisation by OpenID Connect, in the database. */
import { newId } from './ids.ts';
import type { Database } from './open.ts';
import type { SignInRule } from './organisation.ts';

/** Signs out the browsers that a token or a rule let in. */
export const signOut = (db: Database, organisation: string, by: string) =>
  db
    .updateTable('tokens')
    .set({ revoked_at: new Date() })
    .where('organisation', '=', organisation)
    .where('name', '=', `browser session of ${by}`)
    .execute();

/** Returns the queries for the sign-in rules of `organisation`. */
export function signInRulesOf(db: Database, organisation: string) {
  const signInRules = () =>
    db
      .selectFrom('sign_in_rules')
      .select(['id', 'kind', 'value', 'scopes', 'created_at as createdAt'])
      .where('organisation', '=', organisation)
      .orderBy('created_at')
      .execute();
  return {
    async createSignInRule({ kind, value, scopes }: Pick<SignInRule, 'kind' | 'value' | 'scopes'>) {
      const id = newId('u');
      const rule = { id, organisation, kind, value, scopes: JSON.stringify(scopes) };
      const added = db
        .insertInto('sign_in_rules')
        .values(rule)
        .onConflict((conflict) => conflict.doNothing());
      return (await added.executeTakeFirst()).numInsertedOrUpdatedRows === 1n ? id : undefined;
    },
    signInRules,
    async deleteSignInRule(id: string) {
      await signOut(db, organisation, id);
      const gone = db.deleteFrom('sign_in_rules').where('organisation', '=', organisation).where('id', '=', id);
      return (await gone.executeTakeFirst()).numDeletedRows > 0n;
    },
    /** The rule that lets someone in: one for the subject goes before one for the e-mail address, and that before one for its domain. */
    async signInRuleFor({ subject, email }: { readonly subject: string; readonly email: string | undefined }) {
      const rules = await signInRules();
      const wanted = { subject, email, domain: email?.split('@').at(-1) };
      const first = (kind: SignInRule['kind']) =>
        rules.find((rule) => rule.kind === kind && rule.value === wanted[kind]);
      return first('subject') ?? first('email') ?? first('domain');
    },
  };
}
