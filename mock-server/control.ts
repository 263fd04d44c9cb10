/** What scenarios, the dashboard and the management port can do to the mock. Every call that changes something is written down. */
import type { Event, EventBody } from '../src/history/event.ts';
import type { TokenShape } from './salesforce/token-claims.ts';
import type { Faults } from './faults/faults.ts';
import type { Gates } from './gates/gates.ts';
import type { Control, Mode } from './mock.ts';
import { revoked, withoutAccess, type FamilyRecord } from './token-families/family.ts';
import type { UserStatuses } from './policy/user-status.ts';
import type { TokenFamilies } from './token-families/token-families.ts';

export interface ControlParts {
  readonly tokenFamilies: TokenFamilies;
  readonly gates: Gates;
  readonly faults: Faults;
  readonly userStatuses: UserStatuses;
  readonly record: (body: EventBody) => Event;
  readonly setMode: (mode: Mode) => void;
  readonly shapeRefreshTokens: (shape: TokenShape | undefined) => void;
  readonly refuseConnections: (on: boolean) => void;
  readonly openUntrusted: (onConnection: () => void) => Promise<string>;
  readonly advance: (ms: number) => void;
  readonly setSecret: (secret: string) => void;
}

/** Changes of families take effect for every request that is looked at after the call, also on a store that is slow. */
export function createControl(parts: ControlParts): Control {
  const { tokenFamilies, gates, faults, record, setMode, shapeRefreshTokens, refuseConnections } = parts;
  const tell = (action: string, family: string | undefined, detail?: string) => {
    record({
      kind: 'control',
      action,
      ...(family !== undefined && { family }),
      ...(detail !== undefined && { detail }),
    });
  };
  const each = (label: string | undefined, change: (family: FamilyRecord) => FamilyRecord) => {
    for (const family of tokenFamilies.known()) {
      if (label === undefined || family.label === label) tokenFamilies.schedule(family.id, change);
    }
  };
  return {
    setMode(mode) {
      setMode(mode);
      tell('set-mode', undefined, mode);
    },
    families: () =>
      tokenFamilies
        .known()
        .map(({ label, user, state, head }) => ({ id: label, user, alive: state === 'alive', generation: head })),
    expireAccessTokens(family) {
      tell('expire-access-tokens', family);
      each(family, withoutAccess);
    },
    rejectRefreshTokens(family, reason = 'expired') {
      tell('reject-refresh-tokens', family, reason);
      each(family, (one) => revoked(one, reason));
    },
    replayOldToken(family) {
      tell('replay-old-token', family);
      each(family, (one) => revoked(one, 'reuse'));
    },
    shapeRefreshTokens(shape) {
      shapeRefreshTokens(shape);
      tell('shape-refresh-tokens', undefined, shape === undefined ? 'usual' : `${String(shape.length)} characters`);
    },
    refuseConnections(on) {
      tell(on ? 'refuse-connections' : 'accept-connections', undefined);
      refuseConnections(on);
    },
    openUntrusted: () =>
      parts.openUntrusted(() => {
        tell('untrusted-connection', undefined);
      }),
    rotateSecret(secret) {
      parts.setSecret(secret);
      tell('rotate-secret', undefined);
      each(undefined, (one) => revoked(one, 'key-rotation'));
    },
    setUserStatus(standing, user) {
      parts.userStatuses.set(standing, user);
      tell('set-standing', undefined, `${user ?? 'everybody'}: ${standing ?? 'good'}`);
    },
    advance(ms) {
      parts.advance(ms);
      tell('advance', undefined, `${String(ms)} ms`);
    },
    hold: (options) => gates.hold(options),
    inject: (options) => faults.inject(options),
    armed: () => ({ gates: gates.armed(), faults: faults.armed() }),
    reset() {
      gates.reset();
      faults.reset();
      shapeRefreshTokens(undefined);
      parts.userStatuses.set(undefined);
      refuseConnections(false);
      tell('reset', undefined);
    },
  };
}
