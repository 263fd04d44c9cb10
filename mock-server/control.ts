/** Implements the commands of scenarios, the dashboard and the management port. Every change is recorded. */
import { randomBytes } from 'node:crypto';
import type { AppSettings } from './app-settings.ts';
import type { Clock } from './clock.ts';
import type { SharedContext } from './context.ts';
import type { Origins } from './http/listeners.ts';
import type { Control } from './mock.ts';
import { USER_STATUSES } from './policy/user-status.ts';
import type { RunningApp } from './settings.ts';
import { aged, revoked, withoutAccess, type FamilyRecord } from './token-families/family.ts';

/** Options of `createControl`. */
export interface ControlOptions {
  readonly shared: SharedContext;
  /** The app in `shared`, whose secret can be changed. */
  readonly app: RunningApp;
  readonly origins: Pick<Origins, 'refuse' | 'openUntrusted'>;
  readonly clock: Pick<Clock, 'advance' | 'now'>;
  readonly appSettings: AppSettings;
}

interface Reach {
  /** Records a change as a `control` event. */
  readonly recordControl: (action: string, family: string | undefined, detail?: string) => void;
  /** Changes one family by its label, or all. */
  readonly each: (label: string | undefined, change: (family: FamilyRecord) => FamilyRecord) => void;
}

/** Creates the control of one mock. Changes of families affect every request that is processed after the call, also on a slow store. */
export function createControl(options: ControlOptions): Control {
  const { shared, app, origins, clock, appSettings } = options;
  const { tokenFamilies, tokenCodec, gates, faults, userStatuses, record } = shared;
  const recordControl: Reach['recordControl'] = (action, family, detail) => {
    record({
      kind: 'control',
      action,
      ...(family !== undefined && { family }),
      ...(detail !== undefined && { detail }),
    });
  };
  const each: Reach['each'] = (label, change) => {
    for (const family of tokenFamilies.known()) {
      if (label === undefined || family.label === label) tokenFamilies.schedule(family.id, change);
    }
  };
  return {
    ...controlTokens(options, { recordControl, each }),
    ...controlApp(options, { recordControl, each }),
    refuseConnections(on) {
      recordControl(on ? 'refuse-connections' : 'accept-connections', undefined);
      origins.refuse(on);
    },
    openUntrusted: () =>
      origins.openUntrusted(() => {
        recordControl('untrusted-connection', undefined);
      }),
    advance(ms) {
      clock.advance(ms);
      recordControl('advance', undefined, `${String(ms)} ms`);
    },
    hold: (hold) => gates.hold(hold),
    inject: (fault) => faults.inject(fault),
    armed: () => ({ gates: gates.armed(), faults: faults.armed() }),
    reset() {
      gates.reset();
      faults.reset();
      tokenCodec.shapeRefreshTokens(undefined);
      userStatuses.set(undefined);
      origins.refuse(false);
      appSettings.reset();
      app.stagedSecret = undefined;
      recordControl('reset', undefined);
    },
  };
}

type TokenControl = Pick<
  Control,
  | 'families'
  | 'expireAccessTokens'
  | 'rejectRefreshTokens'
  | 'replayOldToken'
  | 'shapeRefreshTokens'
  | 'age'
  | 'setUserStatus'
>;

/** Returns the part of the control that changes families and what they are issued. */
function controlTokens({ shared, clock, appSettings }: ControlOptions, { recordControl, each }: Reach): TokenControl {
  const { tokenFamilies, tokenCodec, userStatuses, switches } = shared;
  return {
    families: () =>
      tokenFamilies
        .known()
        .map(({ label, user, state, head }) => ({ id: label, user, alive: state === 'alive', generation: head })),
    expireAccessTokens(family) {
      recordControl('expire-access-tokens', family);
      each(family, withoutAccess);
    },
    rejectRefreshTokens(family, reason = 'expired') {
      recordControl('reject-refresh-tokens', family, reason);
      each(family, (one) => revoked(one, reason));
    },
    replayOldToken(family) {
      recordControl('replay-old-token', family);
      each(family, (one) => revoked(one, 'reuse'));
    },
    shapeRefreshTokens(shape) {
      tokenCodec.shapeRefreshTokens(shape);
      recordControl(
        'shape-refresh-tokens',
        undefined,
        shape === undefined ? 'usual' : `${String(shape.length)} characters`,
      );
    },
    age(ms, idleLimitMs = switches.refreshTokenIdleMs) {
      appSettings.age(ms);
      const now = clock.now();
      each(undefined, (family) => aged(family, ms, idleLimitMs, now));
      recordControl('age', undefined, `${String(ms)} ms`);
    },
    setUserStatus(status, user) {
      userStatuses.set(status, user);
      if (status !== undefined && 'revokes' in USER_STATUSES[status]) {
        each(undefined, (one) => (user === undefined || one.user === user ? revoked(one, 'admin') : one));
      }
      recordControl('set-standing', undefined, `${user ?? 'everybody'}: ${status ?? 'good'}`);
    },
  };
}

type AppControl = Pick<Control, 'setMode' | 'rotateSecret' | 'stageSecret' | 'changeApp'>;

/** Returns the part of the control that changes the app and what is enforced. */
function controlApp({ shared, app, appSettings }: ControlOptions, { recordControl, each }: Reach): AppControl {
  const { redactor } = shared;
  return {
    setMode(mode) {
      appSettings.setMode(mode);
      recordControl('set-mode', undefined, mode);
    },
    rotateSecret(secret) {
      redactor.label('SECRET', secret);
      app.clientSecret = secret;
      recordControl('rotate-secret', undefined);
      each(undefined, (one) => revoked(one, 'key-rotation'));
    },
    stageSecret(valid, given) {
      const secret = given ?? app.stagedSecret?.secret ?? randomBytes(32).toString('hex').toUpperCase();
      redactor.label('SECRET', secret);
      app.stagedSecret = valid && { secret, alone: valid === 'new' };
      recordControl('stage-secret', undefined, valid ?? 'old');
    },
    changeApp(change, afterMs = 0) {
      appSettings.change(change, afterMs);
      const what = Object.entries(change).map(([name, on]) => `${name} ${on ? 'on' : 'off'}`);
      recordControl('change-app', undefined, `${what.join(', ')} after ${String(afterMs)} ms`);
    },
  };
}
