/** The two switches of the partner rule, and what is known of each (Metadata API, `facts` of the project's documentation). */
import type { AppKind, RuleSwitch, SettingsApp, SwitchState } from '../../src/history/settings.ts';

export interface RuleSwitchInfo {
  readonly name: RuleSwitch;
  /** As in rule ids and sentences. */
  readonly word: 'PKCE' | 'RTR';
  readonly requirement: 'SF-PKCE-ENABLED' | 'SF-RTR-ENABLED';
  /** What is not the case when it is off: "PKCE is not required". */
  readonly off: string;
  /** Metadata API version that knows it first. */
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

/** The version to retrieve with so that both switches are in the files. */
export const RETRIEVE_WITH = 60;

/** Names an app: `Connected App "X"`. */
export function appWords({ kind, name }: Pick<SettingsApp, 'kind' | 'name'>): string {
  return `${kindWords(kind)} "${name}"`;
}

/** Names the kind of an app. */
export function kindWords(kind: AppKind): string {
  return kind === 'connected-app' ? 'Connected App' : 'External Client App';
}

/** Describes where the switch belongs. */
export function homeWords(kind: AppKind): string {
  return kind === 'connected-app'
    ? 'inside oauthConfig of the .connectedApp file'
    : 'directly below the root of the .ecaGlblOauth file';
}

/** Returns the line of metadata to write. */
export function switchXml(name: string, value = true): string {
  return `<${name}>${String(value)}</${name}>`;
}

/** As much of an app as its switches need. */
export interface SwitchHolder {
  readonly kind: AppKind;
  readonly settingsElsewhere?: unknown;
  readonly oauth: readonly Readonly<Record<RuleSwitch, { readonly state: SwitchState }>>[];
}

/**
 * Returns the state of a switch for a whole app: `true` only when every place that holds it says so. `unseen`: it is in a file or an
 * org that was not read.
 */
export function switchState(app: SwitchHolder, name: RuleSwitch): SwitchState | 'unseen' {
  const states = app.oauth.map((oauth) => oauth[name].state);
  if (states.length === 0) {
    return app.kind === 'connected-app' && app.settingsElsewhere === undefined ? 'absent' : 'unseen';
  }
  const order: readonly SwitchState[] = ['false', 'unreadable', 'repeated', 'absent'];
  return order.find((state) => states.includes(state)) ?? 'true';
}
