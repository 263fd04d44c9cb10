import { appWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-NA-1',
  level: 'INFO',
  title: 'The Connected App uses OAuth',
  failure: 'The Connected App does not use OAuth',
  why: 'An app for SAML or Canvas alone has no OAuth settings, and the rule on them does not apply to it.',
  remedy: 'Nothing to change.',
  references: ['Metadata API ConnectedApp'],
  requirements: [],
  notApplicable: 'Every Connected App in the metadata uses OAuth, as far as its file shows.',
  grade: ({ apps }) =>
    apps
      .filter((app) => app.kind === 'connected-app' && app.oauth.length === 0 && app.settingsElsewhere === undefined)
      .map((app) => ({
        verdict: 'info',
        app: app.name,
        place: app.place,
        message: `${appWords(app)} has no oauthConfig, so the rule on OAuth settings does not apply to it.`,
      })),
});
