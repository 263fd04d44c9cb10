/**
 * What Salesforce metadata says about an app's OAuth settings, as facts: what stands where. Opinions are in `suites/settings`.
 *
 * Every text is bounded and free of control characters. Consumer keys and secrets are never here, only whether there is one.
 */

/** Where in which file; line and column count from 1. The file is relative to where the command was typed. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type AppKind = 'connected-app' | 'external-client-app';

/** The two switches of the partner rule. */
export type RuleSwitch = 'isPkceRequired' | 'isRefreshTokenRotationEnabled';

/** `unreadable`: it is there, and is neither true, 1, false nor 0. `repeated`: it is there more than once. */
export type SwitchState = 'true' | 'false' | 'absent' | 'unreadable' | 'repeated';

export interface SwitchFact {
  readonly state: SwitchState;
  /** What stands there instead of a boolean; only with `unreadable` and `repeated`. */
  readonly text?: string;
  /** The element; when it is absent, the element that should hold it. */
  readonly place: Place;
}

/** A switch where the platform does not read it. */
export interface MisplacedSwitch {
  readonly switch: RuleSwitch;
  readonly reason: 'place' | 'namespace' | 'spelling';
  /** `ConnectedApp/oauthPolicy/isRefreshTokenRotationEnabled`. */
  readonly path: string;
  readonly place: Place;
}

/** A shape that looks like settings and is none. `switches`: what stands in it never reaches the app's OAuth switches. */
export interface WrongShape {
  readonly bearing: 'switches' | 'other';
  readonly what: string;
  readonly place: Place;
}

/** A field that shows with which Metadata API version a file was made, at least. */
export interface NewestField {
  readonly name: string;
  /** The version that knows it first. */
  readonly since: number;
}

/** One element that holds the OAuth switches: `oauthConfig` of a Connected App, or the root of an `.ecaGlblOauth` file. */
export interface OauthSettings {
  readonly place: Place;
  /** Metadata API version that the project names; a hint, since a file keeps the version it was retrieved with. */
  readonly apiVersion?: number;
  /** The newest field of a Connected App's file, where one shows the age of the file. */
  readonly newestField?: NewestField;
  readonly isPkceRequired: SwitchFact;
  readonly isRefreshTokenRotationEnabled: SwitchFact;
  readonly isConsumerSecretOptional: SwitchFact;
  readonly isSecretRequiredForRefreshToken: SwitchFact;
  readonly isEnforceRefreshTokenTTL: SwitchFact;
  /** Switches of the rule whose name stands in a comment of the same file. */
  readonly commentedOut: readonly { readonly switch: RuleSwitch; readonly place: Place }[];
  readonly callbackUrls: readonly string[];
  readonly callbackPlace: Place;
  /** `client`: it is the client id of the configuration. */
  readonly consumerKey: 'absent' | 'present' | 'client';
  /** A `consumerSecret` that is neither empty nor filled in at deployment. */
  readonly consumerSecret?: Place;
  /** The file is tracked by git; undefined when that could not be told. */
  readonly tracked?: boolean;
}

export interface SettingsApp {
  readonly kind: AppKind;
  readonly name: string;
  /** The file that declares it, or the first that speaks of it. */
  readonly place: Place;
  /** False for an External Client App that only other files speak of. */
  readonly declared: boolean;
  readonly oauth: readonly OauthSettings[];
  /** `isOauthPluginEnabled` is false: the app has no OAuth. */
  readonly oauthPluginOff?: Place;
  readonly misplaced: readonly MisplacedSwitch[];
  readonly shapes: readonly WrongShape[];
  /** As they stand in the file: `Api`, `RefreshToken`. */
  readonly scopes: readonly string[];
  readonly scopesPlace: Place;
  /** The refresh token policy is `zero`: a refresh token is never valid. */
  readonly refreshTokenZero?: Place;
  readonly tokenIpRanges: boolean;
  /**
   * A Connected App whose file has no `oauthConfig` and does not show that the app works without OAuth: the reference to a packaged
   * app, or a policy without the settings. Where the file says so.
   */
  readonly settingsElsewhere?: { readonly reason: 'package-reference' | 'policy-only'; readonly place: Place };
  /** When its file came into the repository, ISO 8601; only for a Connected App, when git can tell. */
  readonly addedAt?: string;
}

/** A file that cannot be read as what it should be. */
export interface SettingsProblem {
  readonly code:
    | 'malformed'
    | 'doctype'
    | 'encoding'
    | 'wrong-root'
    | 'wrong-namespace'
    | 'wrong-suffix'
    | 'repeated-section'
    | 'wrong-section'
    | 'no-app-named'
    | 'too-large'
    | 'too-many'
    | 'archive'
    | 'unreadable';
  readonly message: string;
  readonly place: Place;
}

/** An app as an earlier state of the settings had it. */
export interface BaselineApp {
  readonly kind: AppKind;
  readonly name: string;
  readonly isPkceRequired: SwitchState;
  readonly isRefreshTokenRotationEnabled: SwitchState;
}

export interface SettingsBaseline {
  /** `git 1a2b3c4d` or the name of a report. */
  readonly source: string;
  /** When it was made, ISO 8601. */
  readonly at?: string;
  readonly apps: readonly BaselineApp[];
}

/** What the configuration of the run says of the client. */
export interface SettingsClient {
  readonly kind: AppKind;
  readonly client: 'public' | 'confidential';
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

export interface SettingsFacts {
  /** The day they were read, `YYYY-MM-DD`. */
  readonly today: string;
  /** Metadata files that were read. */
  readonly files: number;
  /** An absent rotation switch of an External Client App is a failure, not unknown. */
  readonly strict: boolean;
  /** What goes beyond the partner rule is told too. */
  readonly extended: boolean;
  readonly apps: readonly SettingsApp[];
  readonly problems: readonly SettingsProblem[];
  /** `OauthOidcSettings.isPkceRequired`: the switch of the whole org. */
  readonly org: readonly SwitchFact[];
  readonly baseline?: SettingsBaseline;
  readonly client?: SettingsClient;
}
