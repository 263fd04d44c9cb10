import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

/** Scopes with which the platform issues refresh tokens, in lower case. */
const REFRESHING = ['refreshtoken', 'offlineaccess', 'refresh_token', 'offline_access'];

export default settingsCheck({
  id: 'SET-SCOPE-1',
  level: 'INFO',
  title: 'The app issues refresh tokens',
  failure: 'The app issues no refresh tokens',
  why: 'Without refresh tokens there is nothing to rotate; the partner rule requires the setting nevertheless.',
  remedy: 'Nothing to change for the rule; add the scope RefreshToken when the client is meant to refresh.',
  references: ['Metadata API ConnectedAppOauthAccessScope', 'Partner rule, Refresh Token Rotation'],
  requirements: [],
  notApplicable: 'Every app whose scopes are known issues refresh tokens.',
  grade: ({ apps }) =>
    apps.flatMap((app): readonly SettingsFinding[] => {
      if (app.oauth.length === 0) return [];
      const about = { app: app.name, verdict: 'info' } as const;
      const known = app.kind === 'connected-app' || app.scopes.length > 0;
      if (known && !app.scopes.some((scope) => REFRESHING.includes(scope.toLowerCase()))) {
        const message = `${appWords(app)} has neither RefreshToken nor OfflineAccess: there is no refresh token to rotate.`;
        return [{ ...about, place: app.scopesPlace, message }];
      }
      if (app.refreshTokenZero === undefined) return [];
      const message = `${appWords(app)}: its policy lets refresh tokens expire at once: there is no refresh token to rotate.`;
      const remedy =
        'Nothing to change for the rule; choose another refresh token policy when the client is meant to refresh.';
      return [{ ...about, place: app.refreshTokenZero, message, remedy }];
    }),
});
