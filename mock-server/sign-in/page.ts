/** The sign-in page for people: one form, no assets, and it says what it is. */
import type { User } from '../dialect/org.ts';
import { escape, framed } from './frame.ts';

export interface PageParts {
  /** Where the form is sent. */
  readonly action: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly user: Pick<User, 'name'>;
  /** What was wrong with the last attempt. */
  readonly complaint?: string;
}

/** The page as HTML. */
export function signInPage({ action, scopes, clientId, user, complaint }: PageParts): string {
  return framed(
    'Sign in',
    `${complaint === undefined ? '' : `<p class="complaint" role="alert">${escape(complaint)}</p>`}
<form method="post" action="${escape(action)}">
  <label>User <input name="user" value="${escape(user.name)}" autocomplete="off" required maxlength="80"></label>
  <p>The app <code>${escape(clientId)}</code> asks for access:</p>
  <ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>
  <button name="answer" value="allow">Allow</button>
  <button name="answer" value="deny" formnovalidate>Deny</button>
</form>`,
  );
}
