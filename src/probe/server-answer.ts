/** Classifies the answer of an authorization server. Pure. */
import { oneLine } from '../../reports/text/printable.ts';

/** An HTTP answer as far as it was read; redirects are not followed. */
export interface RawAnswer {
  readonly status: number;
  readonly location: string | null;
  /** The first 64 KiB. */
  readonly body: string;
}

/** The classified answer of an authorization server. */
export type ServerAnswer =
  /** Refused, with the OAuth error if there was one. */
  | { readonly kind: 'refused'; readonly status: number; readonly error: string; readonly description: string }
  /** Accepted: a redirect to a login page. `shape` is equal for answers that lead to the same page. */
  | { readonly kind: 'let-through'; readonly status: number; readonly shape: string }
  /** Tokens, or what looks like them. */
  | { readonly kind: 'granted'; readonly status: number }
  /** The server is busy, failing or unreachable: the answer shows nothing. */
  | { readonly kind: 'unclear'; readonly reason: string };

const AUTHORIZE = '/services/oauth2/authorize';

/** Classifies the answer to an authorization request (RFC 6749 §4.1.2.1): a refusal is a redirect, a text or a page. */
export function authorizationAnswer({ status, location, body }: RawAnswer, base: string): ServerAnswer {
  if (status === 429 || status >= 500) return { kind: 'unclear', reason: `The server answered ${String(status)}.` };
  if (status >= 300 && status < 400) {
    if (location === null || !URL.canParse(location, base)) {
      return { kind: 'unclear', reason: `The server answered ${String(status)} without a usable Location.` };
    }
    const target = new URL(location, base);
    if (target.pathname.endsWith(AUTHORIZE)) {
      const where = oneLine(target.origin, 120);
      const reason =
        target.origin === new URL(base).origin
          ? 'The server sends the request back to its own authorization endpoint.'
          : `The server sends the request on to the authorization endpoint of ${where}: probe that login URL.`;
      return { kind: 'unclear', reason };
    }
    const found = errorIn(target.searchParams) ?? errorIn(new URLSearchParams(target.hash.slice(1)));
    if (found !== undefined) return { kind: 'refused', status, ...found };
    const [first, ...rest] = target.pathname.split('/').slice(1);
    return {
      kind: 'let-through',
      status,
      shape: `${target.origin.slice(0, 300)}/${first?.slice(0, 80) ?? ''}+${String(rest.length)}`,
    };
  }
  const found = errorInBody(body);
  if (found !== undefined) return { kind: 'refused', status, ...found };
  if (status >= 400) return { kind: 'refused', status, error: '', description: '' };
  return { kind: 'let-through', status, shape: /<title>([^<]{0,200})/i.exec(body)?.[1]?.trim() ?? '' };
}

/** Classifies the answer to a token request (RFC 6749 §5). */
export function tokenAnswer({ status, body }: RawAnswer): ServerAnswer {
  if (status === 429 || status >= 500) return { kind: 'unclear', reason: `The server answered ${String(status)}.` };
  const found = errorInBody(body);
  if (found !== undefined) return { kind: 'refused', status, ...found };
  if (status >= 200 && status < 300 && body.includes('access_token')) return { kind: 'granted', status };
  return status >= 400
    ? { kind: 'refused', status, error: '', description: '' }
    : { kind: 'unclear', reason: `The server answered ${String(status)} with neither tokens nor an error.` };
}

interface OAuthError {
  readonly error: string;
  readonly description: string;
}

function errorIn(parameters: URLSearchParams): OAuthError | undefined {
  const error = parameters.get('error');
  if (error === null || error === '') return undefined;
  return { error: oneLine(error, 80), description: oneLine(parameters.get('error_description') ?? '', 200) };
}

/** Reads an error from JSON, or from the text `error=…&error_description=…` that Salesforce sends without a content type, alone or inside
 * a page. */
function errorInBody(body: string): OAuthError | undefined {
  const json = parsed(body);
  if (json !== undefined) {
    const { error, error_description: description } = json;
    if (typeof error !== 'string' || error === '') return undefined;
    return { error: oneLine(error, 80), description: typeof description === 'string' ? oneLine(description, 200) : '' };
  }
  const alone = /^\s*(error=[^<\r\n]{1,600})\s*$/.exec(body)?.[1];
  // Scripts of a login page may contain "error=": in a page only the pair counts.
  const text =
    alone ?? /(?:^|[\s>?&#])(error=[A-Za-z_]{3,60}&(?:amp;)?error_description=[^<"'\r\n]{0,300})/.exec(body)?.[1];
  return text === undefined ? undefined : errorIn(new URLSearchParams(text.replaceAll('&amp;', '&')));
}

function parsed(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
