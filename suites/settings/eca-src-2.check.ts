import { appWords } from './rule-switch.ts';
import { namespaceHint } from './namespace-hint.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-ECA-SRC-2',
  level: 'SHOULD',
  title: 'The files of an External Client App belong together',
  failure: 'The files of an External Client App do not fit together',
  why: 'When a file belongs to no app, or one app has two files, it is unclear what is deployed.',
  remedy: 'Keep one .eca file for each app and name it in externalClientApplication of the others.',
  references: ['Metadata API ExternalClientApplication', 'Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: [],
  notApplicable: 'There is no External Client App in the metadata.',
  grade: ({ apps }) =>
    apps
      .filter((app) => app.kind === 'external-client-app')
      .flatMap((app): readonly SettingsFinding[] => {
        const about = { app: app.name, place: app.place };
        const second = app.oauth[1];
        const off = app.oauthPluginOff;
        const findings: SettingsFinding[] = [];
        if (!app.declared) {
          findings.push({
            ...about,
            verdict: 'warn',
            message: `${appWords(app)}: no .eca file declares it among these files.`,
            diagnosis: namespaceHint(app, apps),
          });
        }
        if (second !== undefined) {
          const message = `${appWords(app)} has ${String(app.oauth.length)} .ecaGlblOauth files; each is graded.`;
          findings.push({ ...about, place: second.place, verdict: 'warn', message });
        }
        if (off !== undefined) {
          const graded = app.oauth.length === 0 ? '' : ' The settings in the file are still graded.';
          const message = `${appWords(app)}: isOauthPluginEnabled is false, so the app has no OAuth in the org of this file.${graded}`;
          findings.push({ ...about, place: off, verdict: 'info', message });
        }
        if (findings.length === 0) {
          findings.push({ ...about, verdict: 'pass', message: `${appWords(app)}: its files fit together.` });
        }
        return findings;
      }),
});
