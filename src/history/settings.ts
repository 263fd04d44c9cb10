/** Defines facts about an app's OAuth settings in Salesforce metadata: which values, in which places. `suites/settings` judges them. Every
 * text is bounded and free of control characters. Consumer keys and secrets are never included, only whether there is one. Facts that
 * were added later are optional, because histories of earlier versions lack them. */
import { z } from 'zod';
import { count, seq, text, texts, type Infer } from './schema.ts';

const place = z.object({ file: text, line: seq, column: seq });

const appKind = z.enum(['connected-app', 'external-client-app']);
const ruleSwitch = z.enum(['isPkceRequired', 'isRefreshTokenRotationEnabled']);
const switchState = z.enum(['true', 'false', 'absent', 'unreadable', 'repeated']);

const switchFact = z.object({
  state: switchState,
  /** The text in place of a boolean; only with `unreadable` and `repeated`. */
  text: text.optional(),
  /** The element; when it is absent, the element that should hold it. */
  place,
});

const misplacedSwitch = z.object({
  switch: ruleSwitch,
  reason: z.enum(['place', 'namespace', 'spelling']),
  /** `ConnectedApp/oauthPolicy/isRefreshTokenRotationEnabled`. */
  path: text,
  place,
});

const wrongShape = z.object({ bearing: z.enum(['switches', 'other']), what: text, place });

const newestField = z.object({
  name: text,
  /** The version that knows it first. */
  since: z.number(),
});

const refreshTokenPolicy = z.object({
  type: z.enum(['infinite', 'zero', 'lifetime', 'inactivity', 'unreadable']),
  /** As written: `specific_inactivity:30:DAYS`, `SpecificInactivity 30 Days`. */
  text,
  /** Duration in days, where it is exact. */
  days: z.number().nonnegative().optional(),
  place,
});

/** The file of an External Client App that may restrict the addresses from which refresh tokens are used. */
const ipAllowlist = z.object({
  place,
  /** The first 200 of them. */
  ranges: z.array(z.object({ start: text, end: text, place })).readonly(),
  /** Number of further ranges that are left out. */
  more: count.optional(),
});

const oauthSettings = z.object({
  place,
  /** Metadata API version that the project names; a hint, since a file keeps the version it was retrieved with. */
  apiVersion: z.number().optional(),
  /** The newest field of a Connected App's file, when one shows the age of the file. */
  newestField: newestField.optional(),
  isPkceRequired: switchFact,
  isRefreshTokenRotationEnabled: switchFact,
  isConsumerSecretOptional: switchFact,
  isSecretRequiredForRefreshToken: switchFact,
  isEnforceRefreshTokenTTL: switchFact,
  /** Switches of the rule whose name appears in a comment of the same file. */
  commentedOut: z.array(z.object({ switch: ruleSwitch, place })).readonly(),
  callbackUrls: texts,
  callbackPlace: place,
  /** `client`: it is the client id of the configuration. */
  consumerKey: z.enum(['absent', 'present', 'client']),
  /** A `consumerSecret` that is neither empty nor filled in at deployment. */
  consumerSecret: place.optional(),
  /** The file is tracked by git; undefined when that is unknown. */
  tracked: z.boolean().optional(),
});

const settingsApp = z.object({
  kind: appKind,
  name: text,
  /** The file that declares it, or the first that mentions it. */
  place,
  /** False for an External Client App that only other files mention. */
  declared: z.boolean(),
  oauth: z.array(oauthSettings).readonly(),
  /** `isOauthPluginEnabled` is false: the app has no OAuth. */
  oauthPluginOff: place.optional(),
  misplaced: z.array(misplacedSwitch).readonly(),
  shapes: z.array(wrongShape).readonly(),
  /** As written in the file: `Api`, `RefreshToken`. */
  scopes: texts,
  scopesPlace: place,
  /** The refresh token policy is `zero`: a refresh token is never valid. */
  refreshTokenZero: place.optional(),
  tokenIpRanges: z.boolean(),
  refreshTokenPolicy: refreshTokenPolicy.optional(),
  /** Absent: no file that could hold it is among the files. */
  ipAllowlist: ipAllowlist.optional(),
  /** A Connected App whose file has no `oauthConfig` and does not show that the app works without OAuth: the reference to a packaged app,
   * or a policy without settings; with the place that shows it. */
  settingsElsewhere: z.object({ reason: z.enum(['package-reference', 'policy-only']), place }).optional(),
  /** When its file came into the repository, ISO 8601; only for a Connected App, when git knows. */
  addedAt: text.optional(),
  /** The commit that brought it: whether it is the first of the history, and how many files it added. */
  addedWith: z.object({ root: z.boolean(), files: count }).optional(),
});

const settingsProblem = z.object({
  code: z.enum([
    'malformed',
    'doctype',
    'encoding',
    'wrong-root',
    'wrong-namespace',
    'wrong-suffix',
    'repeated-section',
    'wrong-section',
    'no-app-named',
    'too-large',
    'too-many',
    'archive',
    'unreadable',
  ]),
  message: text,
  place,
  /** Name of the app that the file declares, where its name says so. */
  app: text.optional(),
});

/** `unseen`: it was in a file that was not read. */
const earlierState = z.enum([...switchState.options, 'unseen']);

const leftOutReason = z.enum(['outside-packages', 'forceignore', 'not-an-app']);
const leftOutFile = z.object({ file: text, reason: leftOutReason });

const deletion = z.object({ kind: appKind, name: text, place });

const baselineApp = z.object({
  kind: appKind,
  name: text,
  isPkceRequired: earlierState,
  isRefreshTokenRotationEnabled: earlierState,
});

const unreadPart = z.object({
  /** The rest of the sentence after "the earlier state (…)": `of a/b.eca could not be read: …`. */
  what: text,
  /** Name of the one app that it belongs to; without it, it may belong to any. */
  app: text.optional(),
  /** The current folder or file whose apps it concerns; without it, all. */
  under: text.optional(),
});

const settingsBaseline = z.object({
  /** `git 1a2b3c4d` or the name of a report. */
  source: text,
  /** When it was made, ISO 8601. */
  at: text.optional(),
  apps: z.array(baselineApp).readonly(),
  unread: z.array(unreadPart).readonly().optional(),
});

const settingsClient = z.object({
  kind: appKind,
  client: z.enum(['public', 'confidential']),
  redirectUris: texts,
  scopes: texts,
  egress: texts.optional(),
});

/** Describes what was read from the metadata of one or more apps. */
export const settingsFactsSchema = z.object({
  /** The day they were read, `YYYY-MM-DD`. */
  today: text,
  /** Metadata files that were read. */
  files: count,
  /** An absent rotation switch of an External Client App is a failure, not unknown. */
  strict: z.boolean(),
  /** Whether facts beyond the partner rule are reported too. */
  extended: z.boolean(),
  apps: z.array(settingsApp).readonly(),
  problems: z.array(settingsProblem).readonly(),
  /** Metadata of apps that is not source of its project, and was not graded. */
  leftOut: z.array(leftOutFile).readonly().optional(),
  /** Apps that a destructiveChanges file deletes. */
  deletions: z.array(deletion).readonly().optional(),
  /** `OauthOidcSettings.isPkceRequired`: the switch of the whole org. */
  org: z.array(switchFact).readonly(),
  baseline: settingsBaseline.optional(),
  client: settingsClient.optional(),
});

/** A position in a file; line and column count from 1. The file is relative to the working directory. */
export type Place = Infer<typeof place>;
/** Kind of app: Connected App or External Client App. */
export type AppKind = z.infer<typeof appKind>;
/** The two switches of the partner rule. */
export type RuleSwitch = z.infer<typeof ruleSwitch>;
/** `unreadable`: present, and neither true, 1, false nor 0. `repeated`: present more than once. */
export type SwitchState = z.infer<typeof switchState>;
/** The state of a switch, with its place. */
export type SwitchFact = Infer<typeof switchFact>;
/** A switch where Salesforce does not read it. */
export type MisplacedSwitch = Infer<typeof misplacedSwitch>;
/** A structure that looks like settings and is not read. `switches`: its content does not affect the app's OAuth switches. */
export type WrongShape = Infer<typeof wrongShape>;
/** A field that shows the lowest Metadata API version a file can have. */
export type NewestField = Infer<typeof newestField>;
/** One element that holds the OAuth switches: `oauthConfig` of a Connected App, or the root of an `.ecaGlblOauth` file. */
export type OauthSettings = Infer<typeof oauthSettings>;
/** One app with its OAuth settings, from all its metadata files. */
export type SettingsApp = Infer<typeof settingsApp>;
/** How long a refresh token is valid, as written and in days. */
export type RefreshTokenPolicy = Infer<typeof refreshTokenPolicy>;
/** The addresses from which refresh tokens may be used. */
export type IpAllowlist = Infer<typeof ipAllowlist>;
/** A file that cannot be read as what it should be. */
export type SettingsProblem = Infer<typeof settingsProblem>;
/** Why a file was not graded: outside the `packageDirectories` of its project, listed in its `.forceignore`, or named by the user although
 * it is not the metadata of an app. */
export type LeftOutReason = z.infer<typeof leftOutReason>;
/** An app that a destructiveChanges file deletes. */
export type Deletion = Infer<typeof deletion>;
/** A metadata file that was found and not graded, with the reason. */
export type LeftOutFile = Infer<typeof leftOutFile>;
/** An app as an earlier state of the settings had it. */
export type BaselineApp = Infer<typeof baselineApp>;
/** A part of an earlier state that could not be read, so that nothing can be compared with it. */
export type UnreadPart = Infer<typeof unreadPart>;
/** An earlier state of the settings that the current one is compared with. */
export type SettingsBaseline = Infer<typeof settingsBaseline>;
/** The configuration of the client, as far as settings are compared with it. */
export type SettingsClient = Infer<typeof settingsClient>;
/** Everything that the rules of the settings suite read, recorded in `settings` events. */
export type SettingsFacts = Infer<typeof settingsFactsSchema>;
