import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-ECA-SHAPE',
  level: 'MUST',
  title: 'The settings of the External Client App have a valid structure',
  failure: 'Settings have a structure that Salesforce does not read',
  why: 'Files that look like settings but are not have no effect on the app.',
  remedy: 'Put the switches directly below the root of a file with the suffix .ecaGlblOauth-meta.xml.',
  references: ['Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: ['SF-PKCE-ENABLED', 'SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata has a file with a wrong structure.',
  grade: ({ apps }) =>
    apps.flatMap((app) =>
      app.shapes.map(({ bearing, what, place }): SettingsFinding => ({
        verdict: bearing === 'switches' ? 'fail' : 'warn',
        app: app.name,
        place,
        message: `${appWords(app)}: ${what}.`,
      })),
    ),
});
