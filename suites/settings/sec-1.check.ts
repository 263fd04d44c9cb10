import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-SEC-1',
  level: 'SHOULD',
  title: 'No file contains a consumer secret, and no .ecaGlblOauth file is tracked by git',
  failure: 'Credentials of the app are in the files or in source control',
  why: 'Anyone who can read the repository can act as the app. Salesforce asks partners to keep .ecaGlblOauth files out of source control.',
  remedy: 'Keep secrets out of the files, and .ecaGlblOauth files out of source control.',
  references: ['Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: [],
  notApplicable: 'There are no OAuth settings in the metadata.',
  grade: ({ apps }) =>
    apps.flatMap((app) =>
      app.oauth.flatMap((oauth): readonly SettingsFinding[] => {
        const findings: SettingsFinding[] = [];
        const about = { app: app.name, place: oauth.place };
        if (oauth.consumerSecret !== undefined) {
          const message = `${appWords(app)}: the file contains a consumer secret (its value is not shown here).`;
          const remedy = 'Remove the secret from the file, and rotate it if the file was shared.';
          findings.push({ ...about, place: oauth.consumerSecret, verdict: 'warn', message, remedy });
        }
        if (app.kind === 'external-client-app' && oauth.tracked === true) {
          const message = `${appWords(app)}: the .ecaGlblOauth file is tracked by git; it must not be added to source control.`;
          const remedy = 'Untrack the file with git rm --cached, and list it in .gitignore.';
          findings.push({ ...about, verdict: 'warn', message, remedy });
        }
        const clean = `${appWords(app)}: the file contains no consumer secret.`;
        return findings.length > 0 ? findings : [{ ...about, verdict: 'pass', message: clean }];
      }),
    ),
});
