/** The two switches of the partner rule, and the facts about each (Metadata API documentation). */
import type { AppKind, RuleSwitch, SettingsApp, SwitchState } from '../../src/history/settings.ts';

/** The facts about one switch that the rules and their messages need. */
export interface RuleSwitchInfo {
  readonly name: RuleSwitch;
  /** Abbreviation in rule ids and sentences. */
  readonly word: 'PKCE' | 'RTR';
  readonly requirement: 'SF-PKCE-ENABLED' | 'SF-RTR-ENABLED';
  /** The effect of turning it off, as a clause: "PKCE is not required". */
  readonly off: string;
  /** First Metadata API version that has it. */
  readonly since: number;
}

/** The switch that requires PKCE. */
export const PKCE: RuleSwitchInfo = {
  name: 'isPkceRequired',
  word: 'PKCE',
  requirement: 'SF-PKCE-ENABLED',
  off: 'PKCE is not required',
  since: 59,
};

/** The switch of refresh token rotation. */
export const RTR: RuleSwitchInfo = {
  name: 'isRefreshTokenRotationEnabled',
  word: 'RTR',
  requirement: 'SF-RTR-ENABLED',
  off: 'refresh tokens are not rotated',
  since: 60,
};

/** Metadata API version whose files contain both switches. */
export const RETRIEVE_WITH = 60;

/** Metadata API version whose files have `isEnforceRefreshTokenTTL` too. */
export const RETRIEVE_NEWER_WITH = 67;

/** Names an app for messages: `Connected App "X"`. */
export function appWords({ kind, name }: Pick<SettingsApp, 'kind' | 'name'>): string {
  return `${kindWords(kind)} "${name}"`;
}

/** Names the kind of an app for messages. */
export function kindWords(kind: AppKind): string {
  return kind === 'connected-app' ? 'Connected App' : 'External Client App';
}

/** Describes which metadata type holds the switch for a kind of app. */
export function homeWords(kind: AppKind): string {
  return kind === 'connected-app'
    ? 'inside oauthConfig of the .connectedApp file'
    : 'directly below the root of the .ecaGlblOauth file';
}

/** Returns the metadata line that sets the switch. */
export function switchXml(name: string, value = true): string {
  return `<${name}>${String(value)}</${name}>`;
}

/** The part of an app that its switches depend on. */
export interface SwitchHolder {
  readonly kind: AppKind;
  readonly settingsElsewhere?: unknown;
  readonly oauth: readonly Readonly<Record<RuleSwitch, { readonly state: SwitchState }>>[];
}

/** Returns the state of a switch for a whole app: `true` only when every place that holds it is true. `unseen`: it is in a file or an org
 * that was not read. */
export function switchState(app: SwitchHolder, name: RuleSwitch): SwitchState | 'unseen' {
  const states = app.oauth.map((oauth) => oauth[name].state);
  if (states.length === 0) {
    return app.kind === 'connected-app' && app.settingsElsewhere === undefined ? 'absent' : 'unseen';
  }
  const order: readonly SwitchState[] = ['false', 'unreadable', 'repeated', 'absent'];
  return order.find((state) => states.includes(state)) ?? 'true';
}
