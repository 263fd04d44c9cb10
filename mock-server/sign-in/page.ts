/** Renders the pages of sign-in and consent for users: one form, no assets, and a sentence that names the mock. */
import type { User } from '../salesforce/org.ts';
import type { Display } from '../salesforce/frame.ts';
import type { Question } from './asking.ts';
import { escape, framed } from '../salesforce/frame.ts';

/** What the page shows. */
export interface PageParts {
  /** Path that the form is sent to. */
  readonly action: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly appName?: string | undefined;
  readonly user: Pick<User, 'name'>;
  readonly question?: Question;
  readonly display?: Display;
  /** Accounts to choose from. */
  readonly accounts?: readonly string[];
  /** Fault of the last attempt. */
  readonly complaint?: string;
}

const TITLES: Readonly<Record<Question, string>> = {
  'sign-in': 'Sign in',
  choose: 'Choose an account',
  consent: 'Allow access?',
  nothing: 'Sign in',
};

/** Returns the page as HTML. */
export function signInPage(parts: PageParts): string {
  const { action, scopes, clientId, appName, question = 'sign-in', display, complaint } = parts;
  return framed(
    TITLES[question],
    `${complaint === undefined ? '' : `<p class="complaint" role="alert">${escape(complaint)}</p>`}
<form method="post" action="${escape(action)}">
  ${who(parts, question)}
  <p>The app ${appName === undefined ? '' : `<strong>${escape(appName)}</strong> (`}<code>${escape(clientId)}</code>${appName === undefined ? '' : ')'} asks for access:</p>
  <ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>
  <button name="answer" value="allow">Allow</button>
  <button name="answer" value="deny" formnovalidate>Deny</button>
</form>`,
    display,
  );
}

function who({ user, accounts = [] }: PageParts, question: Question): string {
  const name = escape(user.name);
  if (question === 'consent')
    return `<p>You are signed in as <strong>${name}</strong>.</p><input type="hidden" name="user" value="${name}">`;
  const field = `<label>User <input name="user" value="${name}" autocomplete="off" required maxlength="80"${question === 'choose' ? ' list="accounts"' : ''}></label>`;
  if (question !== 'choose') return field;
  return `${field}<datalist id="accounts">${accounts.map((one) => `<option value="${escape(one)}">`).join('')}</datalist>`;
}
