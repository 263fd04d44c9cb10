/** Controls the traffic between a client and a real org: hold, refuse and lose requests and answers. Commands that only the server could
 * carry out are refused. */
import type { Gateway } from '../../mock-server/gateway.ts';
import type { Control } from '../../mock-server/mock.ts';
import type { EventBody } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import type { TokenBook } from './token-book.ts';

/** The faults that need nothing of the server, and what each may do to the user's connection; undefined: nothing. */
export const FAULTS: Readonly<Record<string, string | undefined>> = {
  'reset-after-commit':
    'The org carries the request out and the client never sees the answer. After a refresh it may hold a used refresh token only: the org may end the connection of this user, who then has to sign in again.',
  'truncated-body':
    'The org carries the request out and the client sees half of the answer. After a refresh it may hold a used refresh token only: the org may end the connection of this user, who then has to sign in again.',
  'server-error-after-commit':
    'The org carries the request out and the client is answered 500. After a refresh it may hold a used refresh token only: the org may end the connection of this user, who then has to sign in again.',
  'reset-before-commit': undefined,
  'service-unavailable': undefined,
  throttled: undefined,
  unauthorized: undefined,
};

/** What holding refreshes may do to the user's connection. */
export const HOLD_WARNING =
  'Refreshes that wait are sent to the org one right after the other. Where several carry the same refresh token, the org may take the later ones for theft and end the connection of this user, who then has to sign in again.';

const UNAVAILABLE = 'Only the server itself can do that, and the server is a real org.';
const HINT = 'Serve without --upstream: the mock can.';

/** Creates the control of a session with a real org. Unsupported commands throw HarnessError `not-with-upstream`. */
export function createUpstreamControl(
  { gates, faults, refuse }: Pick<Gateway, 'gates' | 'faults' | 'refuse'>,
  book: Pick<TokenBook, 'expire' | 'families'>,
  record: (body: EventBody) => unknown,
): Control {
  const unavailable = (): never => {
    throw new HarnessError('not-with-upstream', UNAVAILABLE, HINT);
  };
  return {
    // A gateway cannot change what the org enforces.
    setMode: () => undefined,
    families: () => book.families(),
    expireAccessTokens(family) {
      record({ kind: 'control', action: 'expire-access-tokens', ...(family !== undefined && { family }) });
      book.expire(family);
    },
    rejectRefreshTokens: unavailable,
    replayOldToken: unavailable,
    rotateSecret: unavailable,
    stageSecret: unavailable,
    changeApp: unavailable,
    age: unavailable,
    setUserStatus: unavailable,
    advance: unavailable,
    shapeRefreshTokens: unavailable,
    openUntrusted: unavailable,
    refuseConnections(on) {
      record({ kind: 'control', action: on ? 'refuse-connections' : 'accept-connections' });
      refuse(on);
    },
    hold: (options) => gates.hold(options),
    inject: (options) => (Object.hasOwn(FAULTS, options.fault) ? faults.inject(options) : unavailable()),
    armed: () => ({ gates: gates.armed(), faults: faults.armed() }),
    reset() {
      gates.reset();
      faults.reset();
      refuse(false);
      record({ kind: 'control', action: 'reset' });
    },
  };
}
