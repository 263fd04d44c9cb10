import type { SettingsApp } from '../../src/history/settings.ts';
import { clientApp, contradiction } from './client-app.ts';
import { appWords, kindWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CROSS-APP',
  level: 'SHOULD',
  title: 'The metadata contains the configured app, and its kind matches',
  failure: 'The metadata does not match the configured app',
  why: 'A report on the wrong app is worthless.',
  remedy: 'Correct app.kind or app.clientId in the configuration, or name the metadata of the right app.',
  references: ['Configuration, app'],
  requirements: [],
  notApplicable: 'No configuration of a client was given.',
  grade: (facts) => {
    const found = clientApp(facts);
    if ('app' in found) {
      const { app, client } = found;
      const about = { app: app.name, place: app.place };
      if (!isById(app)) {
        const message = `${appWords(app)} is the only app that could be the client's, but it has another consumer key than the client id of the configuration.`;
        const remedy = 'Check whether it is the same app, and set app.clientId to its real consumer key.';
        return [{ ...about, verdict: 'review', message, remedy }];
      }
      if (app.kind === client.kind)
        return [{ ...about, verdict: 'pass', message: `The client's app is ${appWords(app)}.` }];
      const message = contradiction(
        app,
        `the app is ${an(kindWords(client.kind))}`,
        `is the only app with OAuth settings`,
      );
      return [{ ...about, verdict: 'warn', message }];
    }
    if (found.none === 'several') {
      const message =
        "Several apps could be the client's: give its real client id (app.clientId), so that they can be compared.";
      return [{ verdict: 'review', message }];
    }
    if (found.none === 'no-app') {
      return [
        {
          verdict: 'info',
          message: 'No app among the files has OAuth settings to compare with the configuration.',
        },
      ];
    }
    return [];
  },
});

/** False when every consumer key in the metadata differs from the client's. */
function isById({ oauth }: SettingsApp): boolean {
  return (
    oauth.some(({ consumerKey }) => consumerKey === 'client') ||
    oauth.every(({ consumerKey }) => consumerKey === 'absent')
  );
}

function an(words: string): string {
  return `${words.startsWith('E') ? 'an' : 'a'} ${words}`;
}
