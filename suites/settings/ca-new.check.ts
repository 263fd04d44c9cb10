import type { SettingsApp, SettingsFacts } from '../../src/history/settings.ts';
import { SPRING_26 } from './dates.ts';
import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-CA-NEW',
  level: 'SHOULD',
  title: "No Connected App was added since Spring '26",
  failure: "A Connected App was added since Spring '26",
  why: "Starting in the Spring '26 release new Connected Apps cannot be created; External Client Apps take their place.",
  remedy:
    'Make it an External Client App: an .eca file, and .ecaOauth, .ecaGlblOauth and .ecaOauthPlcy files that name it.',
  references: ['Partner rule, introduction', 'Salesforce Help 005228017'],
  requirements: ['SF-ECA-FOR-NEW'],
  notApplicable: 'There is no app in the metadata.',
  grade: (facts) => {
    const connected = facts.apps.filter(({ kind }) => kind === 'connected-app');
    if (facts.apps.length > 0 && connected.length === 0) {
      return [
        { verdict: 'pass', message: 'There is no Connected App among the files; all apps are External Client Apps.' },
      ];
    }
    return connected.map((app) => judged(app, facts));
  },
});

function judged(app: SettingsApp, { baseline, today }: SettingsFacts): SettingsFinding {
  const about = { app: app.name, place: app.place };
  const name = appWords(app);
  const inBaseline = baseline?.apps.some(
    (one) => one.kind === app.kind && one.name.toLowerCase() === app.name.toLowerCase(),
  );
  const at = baseline?.at?.slice(0, 10);
  if (inBaseline === true && at !== undefined && at < SPRING_26) {
    return { ...about, verdict: 'pass', message: `${name} was there on ${at}, before Spring '26.` };
  }
  const added = app.addedAt?.slice(0, 10);
  if (added !== undefined) return byArrival(app, added, about);
  if (baseline === undefined) {
    return {
      ...about,
      verdict: 'review',
      message: `${name}: the files alone do not show whether it is older than Spring '26.`,
      remedy: "Compare with an earlier state: a git revision from before Spring '26, or an earlier report.",
    };
  }
  if (inBaseline === true) {
    const when = at === undefined ? '' : ` of ${at}`;
    return {
      ...about,
      verdict: 'review',
      message: `${name} was already there in ${baseline.source}${when}, which does not show that it is older than Spring '26.`,
      remedy: "Compare with a state from before Spring '26, or check in the org when the app was created.",
    };
  }
  return today < SPRING_26
    ? {
        ...about,
        verdict: 'info',
        message: `${name} is new since ${baseline.source}; from Spring '26 on that is no longer possible.`,
      }
    : {
        ...about,
        verdict: 'warn',
        message: `${name} is new since ${baseline.source}: new apps have to be External Client Apps.`,
      };
}

/** A commit that adds at least this many files imports an existing project. */
const BULK = 10;

/** Dates the app by the day on which its file came into the repository; an import shows nothing about the day on which the app was
 * created. */
function byArrival(app: SettingsApp, added: string, about: Pick<SettingsFinding, 'app' | 'place'>): SettingsFinding {
  const name = appWords(app);
  if (added < SPRING_26) {
    return { ...about, verdict: 'pass', message: `${name} is in the repository since ${added}, before Spring '26.` };
  }
  const { root = false, files = 0 } = app.addedWith ?? {};
  if (root || files >= BULK) {
    const commit = root ? 'the first commit' : `a commit that added ${String(files)} files`;
    return {
      ...about,
      verdict: 'review',
      message: `${name} was added to the repository on ${added} by ${commit}, which does not show when the app was created.`,
      remedy: "Check in the org when the app was created: an app that is older than Spring '26 may stay.",
    };
  }
  const message = `${name} was added to the repository on ${added}, after Spring '26: new apps have to be External Client Apps.`;
  return { ...about, verdict: 'warn', message };
}
