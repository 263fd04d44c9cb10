/** The sign-in page for people: one form, no assets, and it says what it is. */
import type { User } from '../dialect/org.ts';

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
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in (mock of Salesforce)</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
  form { display: grid; gap: 1rem; }
  input, button { font: inherit; padding: .5rem .75rem; }
  .note, .complaint { border-left: .25rem solid; padding-left: .75rem; }
</style>
<h1>Sign in</h1>
<p class="note">This is a mock for conformance tests, not Salesforce. It wants no password: never type one here.</p>
${complaint === undefined ? '' : `<p class="complaint" role="alert">${escape(complaint)}</p>`}
<form method="post" action="${escape(action)}">
  <label>User <input name="user" value="${escape(user.name)}" autocomplete="off" required maxlength="80"></label>
  <p>The app <code>${escape(clientId)}</code> asks for access:</p>
  <ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>
  <button name="answer" value="allow">Allow</button>
  <button name="answer" value="deny" formnovalidate>Deny</button>
</form>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text safe inside HTML and its attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
