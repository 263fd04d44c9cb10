/** Renders the page on which a user enters the code of a device. */
import { escape, framed } from '../salesforce/frame.ts';

/** What the page shows. */
export interface ConnectPageParts {
  readonly action: string;
  readonly userCode: string;
  readonly user: string;
  /** Scopes that the device requests; undefined while its code is not known. */
  readonly scopes?: readonly string[];
  readonly complaint?: string;
}

/** Returns the page as HTML. */
export function connectPage({ action, userCode, user, scopes, complaint }: ConnectPageParts): string {
  return framed(
    'Connect a device',
    `${complaint === undefined ? '' : `<p class="complaint" role="alert">${escape(complaint)}</p>`}
<form method="post" action="${escape(action)}">
  <label>Code <input name="user_code" value="${escape(userCode)}" autocomplete="off" required maxlength="8"></label>
  <label>User <input name="user" value="${escape(user)}" autocomplete="off" required maxlength="80"></label>
  ${scopes === undefined ? '' : `<ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>`}
  <button name="answer" value="allow">Allow</button>
  <button name="answer" value="deny">Deny</button>
</form>`,
  );
}
