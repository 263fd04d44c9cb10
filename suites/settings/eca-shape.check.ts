import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-ECA-SHAPE',
  level: 'MUST',
  title: 'The settings of the External Client App have the shape that the platform knows',
  failure: 'Settings stand in a shape that the platform does not know',
  why: 'Files that look like settings and are none never reach the app.',
  remedy: 'Put the switches directly below the root of a file with the suffix .ecaGlblOauth-meta.xml.',
  references: ['Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: ['SF-PKCE-ENABLED', 'SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata has a file of a wrong shape.',
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
