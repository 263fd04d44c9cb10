/** The rules about the two switches of the partner rule: each is written out as true where Salesforce reads it, readably, and stays so. */
import type { AppKind } from '../../src/history/settings.ts';
import { regression } from './regression.ts';
import { kindWords, PKCE, RTR, type RuleSwitchInfo } from './rule-switch.ts';
import { settingsCheck, type SettingsCheck } from './rule.ts';
import { leftOut, misplaced, unreadable, written } from './switch-rules.ts';

/** Texts that differ between the switches. */
const TEXTS = {
  PKCE: {
    feature: 'PKCE',
    section: 'Partner rule, Proof Key for Code Exchange',
    why: 'Without PKCE a stolen authorization code can be exchanged for tokens. The partner rule requires PKCE in the settings of every app, public or confidential.',
  },
  RTR: {
    feature: 'refresh token rotation',
    section: 'Partner rule, Refresh Token Rotation',
    why: 'Without rotation a stolen refresh token works until the theft is noticed. The partner rule requires rotation in the settings of every app.',
  },
} as const;

/** Where a kind of app holds the switches. */
const HOMES = {
  'connected-app': {
    word: 'CA',
    type: 'ConnectedAppOauthConfig',
    place: 'oauthConfig of the .connectedApp file',
  },
  'external-client-app': {
    word: 'ECA',
    type: 'ExtlClntAppGlobalOauthSettings',
    place: 'the root of the .ecaGlblOauth file',
  },
} as const satisfies Readonly<Record<AppKind, unknown>>;

/** Returns the rules about one switch of one kind of app: switched on, not left out, in the right place. */
function rulesOfKind(kind: AppKind, info: RuleSwitchInfo): readonly SettingsCheck[] {
  const { name, word, requirement } = info;
  const { feature, section, why } = TEXTS[word];
  const { word: kindWord, type, place } = HOMES[kind];
  const app = kindWords(kind);
  const common = {
    level: 'MUST',
    references: [`Metadata API ${type}.${name}`, section],
    requirements: [requirement],
  } as const;
  return [
    settingsCheck({
      ...common,
      id: `SET-${kindWord}-${word}-1`,
      title: `The ${app} has ${feature} switched on`,
      failure: `The ${app} has ${feature} switched off`,
      why,
      remedy: `Set ${name} to true in ${place} and deploy it.`,
      notApplicable: `No ${app} in the metadata has ${name} written out.`,
      grade: written(kind, info),
    }),
    settingsCheck({
      ...common,
      id: `SET-${kindWord}-${word}-2`,
      title: `The ${app} does not leave ${name} out`,
      failure: `The ${app} leaves ${name} out`,
      why: 'A setting that is not written takes a default, which differs between kinds of apps and is not documented for all of them.',
      remedy: `Write ${name} with the value true in ${place} and deploy it.`,
      notApplicable: `No ${app} in the metadata leaves ${name} out.`,
      grade: leftOut(kind, info),
    }),
    settingsCheck({
      ...common,
      id: `SET-${kindWord}-${word}-3`,
      title: `${name} appears only where Salesforce reads it`,
      failure: `${name} appears where Salesforce does not read it`,
      why: 'A setting in the wrong place looks as if it were on, but has no effect.',
      remedy: `Move ${name} into ${place}.`,
      notApplicable: `No ${app} in the metadata has ${name} in a wrong place.`,
      grade: misplaced(kind, info),
    }),
  ];
}

/** Returns the rules about one switch of any app: it can be read, and was not switched off again. */
function rulesOfAnyKind(info: RuleSwitchInfo): readonly SettingsCheck[] {
  const { name, word, requirement } = info;
  const { feature, section } = TEXTS[word];
  const capitalized = feature.charAt(0).toUpperCase() + feature.slice(1);
  return [
    settingsCheck({
      id: `SET-VAL-1-${word}`,
      level: 'MUST',
      title: `${name} is true or false, and is written once`,
      failure: `${name} cannot be read as true or false`,
      why: 'A placeholder, a misspelling or two contradicting elements do not show what is deployed.',
      remedy: 'Write it once, with the value true.',
      references: ['XML Schema Part 2 §3.2.2'],
      requirements: [requirement],
      notApplicable: `${name} can be read wherever it is written.`,
      grade: unreadable(info),
    }),
    settingsCheck({
      id: `SET-REG-1-${word}`,
      level: 'MUST',
      title: `${capitalized} that was on is still on`,
      failure: `${capitalized} was on and has been switched off`,
      why: 'After it is enabled, partners are not permitted to disable it.',
      remedy: `Set ${name} back to true and deploy it before the next release.`,
      references: [`${section}, note`],
      requirements: [requirement],
      notApplicable: `No earlier state was given in which ${name} was true.`,
      grade: regression(info),
    }),
  ];
}

export default [PKCE, RTR].flatMap((info) => [
  ...rulesOfKind('connected-app', info),
  ...rulesOfKind('external-client-app', info),
  ...rulesOfAnyKind(info),
]);
