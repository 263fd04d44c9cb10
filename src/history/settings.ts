/**
 * What Salesforce metadata says about an app's OAuth settings, as facts: which values, in which places. Opinions are in `suites/settings`.
 *
 * Every text is bounded and free of control characters. Consumer keys and secrets are never here, only whether there is one.
 * Facts added later are optional: histories of earlier versions do not have them.
 */
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
  /** How long, in days, where it can be said. */
  days: z.number().nonnegative().optional(),
  place,
});

/** The file of an External Client App that may list the addresses which refresh tokens are used from. */
const ipAllowlist = z.object({
  place,
  /** The first 200 of them. */
  ranges: z.array(z.object({ start: text, end: text, place })).readonly(),
  /** How many are left out here. */
  more: count.optional(),
});

const oauthSettings = z.object({
  place,
  /** Metadata API version that the project names; a hint, since a file keeps the version it was retrieved with. */
  apiVersion: z.number().optional(),
  /** The newest field of a Connected App's file, where one shows the age of the file. */
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
  /**
   * A Connected App whose file has no `oauthConfig` and does not show that the app works without OAuth: the reference to a packaged
   * app, or a policy without the settings. Where the file says so.
   */
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
  /** What follows "the earlier state (…)": `of a/b.eca could not be read: …`. */
  what: text,
  /** Name of the one app that it belongs to; without it, it may belong to any. */
  app: text.optional(),
  /** The folder or file of today whose apps it concerns; without it, all. */
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
  /** What goes beyond the partner rule is reported too. */
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

/** Where in which file; line and column count from 1. The file is relative to where the command was typed. */
export type Place = Infer<typeof place>;
export type AppKind = z.infer<typeof appKind>;
/** The two switches of the partner rule. */
export type RuleSwitch = z.infer<typeof ruleSwitch>;
/** `unreadable`: present, and neither true, 1, false nor 0. `repeated`: present more than once. */
export type SwitchState = z.infer<typeof switchState>;
export type SwitchFact = Infer<typeof switchFact>;
/** A switch where the platform does not read it. */
export type MisplacedSwitch = Infer<typeof misplacedSwitch>;
/** A shape that looks like settings and is none. `switches`: what it contains never reaches the app's OAuth switches. */
export type WrongShape = Infer<typeof wrongShape>;
/** A field that shows with which Metadata API version a file was made, at least. */
export type NewestField = Infer<typeof newestField>;
/** One element that holds the OAuth switches: `oauthConfig` of a Connected App, or the root of an `.ecaGlblOauth` file. */
export type OauthSettings = Infer<typeof oauthSettings>;
export type SettingsApp = Infer<typeof settingsApp>;
export type RefreshTokenPolicy = Infer<typeof refreshTokenPolicy>;
export type IpAllowlist = Infer<typeof ipAllowlist>;
/** A file that cannot be read as what it should be. */
export type SettingsProblem = Infer<typeof settingsProblem>;
/**
 * Why a file was not graded: outside the `packageDirectories` of its project, listed in its `.forceignore`, or named although it is
 * not the metadata of an app.
 */
export type LeftOutReason = z.infer<typeof leftOutReason>;
/** An app that a destructiveChanges file deletes. */
export type Deletion = Infer<typeof deletion>;
export type LeftOutFile = Infer<typeof leftOutFile>;
/** An app as an earlier state of the settings had it. */
export type BaselineApp = Infer<typeof baselineApp>;
/** A part of an earlier state that could not be read, so that nothing can be compared with it. */
export type UnreadPart = Infer<typeof unreadPart>;
export type SettingsBaseline = Infer<typeof settingsBaseline>;
/** What the configuration of the run says of the client. */
export type SettingsClient = Infer<typeof settingsClient>;
export type SettingsFacts = Infer<typeof settingsFactsSchema>;
