/** Distinguishes faults of the configuration from failures of the client after the first login. Pure. */
import type { LoginAnswer, LoginReason } from '../drivers/driver.ts';
import { saidLines } from '../drivers/process/last-words.ts';
import { HarnessError } from '../errors.ts';
import type { Observer } from './observer.ts';

/** What the first login showed, read by `faultOf`. */
export interface FirstContact {
  /** The last login; undefined when none was attempted. */
  readonly login: LoginAnswer | undefined;
  /** Whether a request of the client reached the token endpoint. */
  readonly tokenRequested: boolean;
  /** Whether an authorization request arrived. */
  readonly authorizationRequested: boolean;
  /** Names of the rules by which the mock refused requests in observing mode: the client was judged by them. */
  readonly refusals: readonly string[];
  readonly timeoutMs: number;
  /** Last lines of the client's standard error, redacted. */
  readonly lastWords: string;
  /** Whether the client wrote an authorization URL to standard error, where no driver looks for it. */
  readonly urlOnStderr: boolean;
  /** The error with which the login came back to the client, for instance because the user denied access. */
  readonly callbackError?: string | undefined;
  /** The requested `redirect_uri` and the registered ones. */
  readonly redirectUri?: string | undefined;
  readonly registered: readonly string[];
}

/** Returns how far the client came: the observations, and the last login. `timeoutMs` is the limit per action. */
export function contactOf(
  { observer }: { readonly observer: Observer },
  app: { readonly redirectUris: readonly string[] },
  login: LoginAnswer | undefined,
  timeoutMs: number,
): FirstContact {
  const { tokenRequested, authorizationRequested, observedRefusals: refusals } = observer;
  const { lastWords, urlOnStderr, callbackError, redirectUri } = observer;
  return {
    ...{ login, tokenRequested, authorizationRequested, refusals, timeoutMs },
    ...{ lastWords, urlOnStderr, callbackError, redirectUri, registered: app.redirectUris },
  };
}

/** Refusals that show that configuration and client use different apps. */
const CONFIGURATION: readonly string[] = ['redirect-mismatch', 'redirect-missing', 'unknown-client'];

/** Explains why the client cannot be judged at all (exit 2); undefined when it can. A client whose token request was recorded is always
 * judged. */
export function faultOf(contact: FirstContact): HarnessError | undefined {
  const { login, tokenRequested } = contact;
  if (tokenRequested) return undefined;
  if (contact.refusals.some((rule) => !CONFIGURATION.includes(rule))) return undefined;
  // The client's answer is in the message already.
  const words = saidLines(contact.lastWords).filter(
    (line) => login?.error === undefined || !line.includes(login.error),
  );
  if (login === undefined) {
    return fault(
      'no-login',
      'The client could not be asked for a login.',
      'Check the `driver` section of the configuration.',
    );
  }
  if (login.result === 'died') {
    return fault(
      'client-died',
      `The client died before its first token request.`,
      'Start it by hand with the same command and variables, and fix what it says; the client was not judged.',
      words,
    );
  }
  if (login.skipped === true) {
    return fault(
      'no-login',
      `No login was made: ${login.error ?? 'it was left out'}.`,
      'Type the login URL and the client id that were printed into the client, log in, and answer what is asked.',
    );
  }
  if (login.result === 'unsupported') {
    return fault(
      'no-authorize',
      `The client answered that it has no \`authorize\`.`,
      'Every client needs a login: let the adapter start one; a command answers so with the exit codes 127, which is also that of a shell that did not find its program, and 89.',
      words,
    );
  }
  if (!contact.authorizationRequested) return neverOpened(contact, login, words);
  if (contact.callbackError !== undefined && login.delivered !== false) {
    return fault(
      'login-denied',
      `The login came back to the client with ${contact.callbackError}, and no token request followed${said(login)}.`,
      'Allow the access at the sign-in page of the mock, and let the client ask for what its app may have.',
    );
  }
  // Undefined when the browser was still waiting for a listener at the time limit.
  if (login.delivered === false || (login.redirected && login.delivered === undefined)) {
    return fault(
      'callback-undelivered',
      `The callback could not be delivered: ${login.undelivered ?? 'nothing took it in time'}.`,
      'Let the client listen on the redirect URI that `SF_REDIRECT_URI` names before it hands over the authorization URL.',
      words,
    );
  }
  if (!login.redirected && contact.refusals.includes('redirect-mismatch')) {
    return fault(
      'redirect-uri-mismatch',
      `The client asked to be sent back to ${contact.redirectUri ?? 'an address that is not registered'}; registered in \`app.redirectUris\`: ${contact.registered.join(', ')}.`,
      'Let the client send the redirect URI that `SF_REDIRECT_URI` names, or register in `app.redirectUris` the one that it sends.',
    );
  }
  if (!login.redirected) {
    return fault(
      'authorization-refused',
      `The authorization request was answered with an error page, not with a redirect${said(login)}.`,
      'Compare `app.clientId` and `app.redirectUris` of the configuration with what the client sends.',
    );
  }
  return fault(
    'no-token-request',
    `The callback was delivered and nothing was refused, but no request reached the token endpoint${said(login)}.`,
    'Look at what the client does with its callback; the client was not judged.',
    words,
  );
}

function neverOpened(contact: FirstContact, login: LoginAnswer, words: readonly string[]): HarnessError {
  if (login.reason === 'opened-elsewhere') {
    return fault(
      'opened-elsewhere',
      `The client opened an address that is not the mock's: ${login.error ?? 'it is not known which'}.`,
      'Let the client read its login URL from `SF_LOGIN_URL` (the drivers http and browser: from its own configuration); an address in its code is not used.',
    );
  }
  const how =
    login.result === 'timed-out'
      ? `within ${String(contact.timeoutMs)} ms${login.hint === undefined ? '' : `; ${login.hint}`}`
      : login.result === 'ok'
        ? 'although it says that the login is done'
        : `and answered with a failure${said(login)}`;
  const misplaced = contact.urlOnStderr
    ? ' It wrote an authorization URL on standard error, where the harness does not look for one.'
    : '';
  return fault(
    'never-opened',
    `The client never opened the authorization URL ${how}.${misplaced}`,
    hintOf(login) ?? USUAL_CAUSES,
    words,
  );
}

/** The most frequent reasons why no URL was opened, and how to fix them. */
const USUAL_CAUSES = [
  'Let it hand over the URL as its driver asks (adapter: {"event":"open","url":…}; command: $BROWSER or standard output; http and browser: `driver.authorize` leads to it), beginning with `SF_LOGIN_URL`.',
  'The usual causes: standard output is not flushed; the client opens a browser without asking `$BROWSER` (`open`, `xdg-open`, `webbrowser`); the host is in its code.',
].join(' ');

/** How to fix a web application that did not answer or did not redirect to a login. */
const HINTS: Readonly<Partial<Record<LoginReason, string>>> = {
  'no-answer':
    'Start the application first, or let `driver.start` do it; `driver.baseUrl` says where the harness looks for it.',
  'no-login': 'Let `driver.authorize` name the page that begins a login: it has to lead the browser to the login URL.',
};

function hintOf({ reason, opened }: LoginAnswer): string | undefined {
  return reason === undefined || (reason === 'no-answer' && opened) ? undefined : HINTS[reason];
}

function said(login: LoginAnswer): string {
  return login.error === undefined ? '' : ` (the client said: ${login.error})`;
}

function fault(code: string, message: string, hint: string, said: readonly string[] = []): HarnessError {
  return new HarnessError(code, message, hint, { said });
}
