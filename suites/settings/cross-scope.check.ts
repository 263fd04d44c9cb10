import { contradiction, withClientApp } from './client-app.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';
import { allows } from './scope-names.ts';

export default settingsCheck({
  id: 'SET-CROSS-SCOPE',
  level: 'SHOULD',
  title: 'The app has every scope that the client requests',
  failure: 'The client requests a scope that the app does not have',
  why: 'Salesforce refuses a login that requests a scope which the app does not have.',
  remedy: 'Add the scope to the app, or remove it from app.scopes in the configuration.',
  references: ['RFC 6749 §3.3', 'Metadata API ConnectedAppOauthAccessScope'],
  requirements: [],
  notApplicable: 'No configuration of a client was given, or no app of it whose scopes are known.',
  grade: withClientApp((app, client, about) => {
    if (app.scopes.length === 0) return [];
    return client.scopes.flatMap((scope): readonly SettingsFinding[] => {
      const at = { ...about, place: app.scopesPlace };
      switch (allows(app.scopes, scope)) {
        case true:
          return [{ ...at, verdict: 'pass', message: `The app has the scope ${scope}.` }];
        case false: {
          const message = contradiction(app, `the client requests the scope ${scope}`, 'does not have it');
          return [{ ...at, verdict: 'warn', message }];
        }
        case undefined:
          return [{ ...at, verdict: 'info', message: `The scope ${scope} is not known here and was not compared.` }];
      }
    });
  }),
});
