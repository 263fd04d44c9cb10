import { appWords } from './rule-switch.ts';
import { isSameApp } from './same-app.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-DEL-1',
  level: 'INFO',
  title: 'No destructive change deletes an app',
  failure: 'A destructive change deletes an app',
  why: 'When the change is deployed, the consumer key of the app stops working for all clients and customers.',
  remedy: 'Delete an app only after its clients have moved to another one.',
  references: ['Metadata API Developer Guide, Deleting Components from an Organization'],
  requirements: [],
  notApplicable: 'No destructiveChanges file deletes an app.',
  grade: ({ apps, deletions = [] }) =>
    deletions.map((deletion) => {
      const isAmong = apps.some((app) => isSameApp(app, deletion));
      const also = isAmong ? ', which is among the graded files as well' : '';
      const message = `${appWords(deletion)} is deleted by ${deletion.place.file}${also}.`;
      return { verdict: 'info', app: deletion.name, place: deletion.place, message };
    }),
});
