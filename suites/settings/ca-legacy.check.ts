import { appWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CA-LEGACY',
  level: 'INFO',
  title: 'The app is a Connected App',
  failure: 'The app is a Connected App',
  why: 'Existing Connected Apps keep working and can be edited; External Client Apps are their successor.',
  remedy: 'Plan the move to an External Client App.',
  references: ['Salesforce Help 005228017'],
  requirements: [],
  notApplicable: 'There is no Connected App in the metadata.',
  grade: ({ apps }) =>
    apps
      .filter(({ kind }) => kind === 'connected-app')
      .map((app) => ({
        verdict: 'info',
        app: app.name,
        place: app.place,
        message: `${appWords(app)} still works; External Client Apps are the successor.`,
      })),
});
