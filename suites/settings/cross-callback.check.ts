import { hasPlaceholder, sameCallback } from './callback.ts';
import { contradiction, withClientApp } from './client-app.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-CROSS-CALLBACK',
  level: 'SHOULD',
  title: 'Every redirect URI of the client is a callback URL of the app',
  failure: 'A redirect URI of the client is not a callback URL of the app',
  why: 'Salesforce refuses a redirect_uri that does not match a callback URL exactly.',
  remedy: 'Add the address to callbackUrl, one on each line, or correct app.redirectUris in the configuration.',
  references: ['RFC 6749 §3.1.2.3', 'RFC 8252 §7.3'],
  requirements: [],
  notApplicable: 'No configuration of a client was given, or no app that belongs to it.',
  grade: withClientApp((app, client, about) =>
    app.oauth.flatMap((oauth) =>
      client.redirectUris.map((uri): SettingsFinding => {
        const at = { ...about, place: oauth.callbackPlace };
        if (oauth.callbackUrls.some((url) => sameCallback(uri, url))) {
          return { ...at, verdict: 'pass', message: `${uri} is a callback URL of the app.` };
        }
        if (oauth.callbackUrls.some(hasPlaceholder)) {
          return {
            ...at,
            verdict: 'info',
            message: `${uri} cannot be compared: callbackUrl is filled in at deployment.`,
          };
        }
        const message = contradiction(
          app,
          `the client uses the redirect URI ${uri}`,
          'does not list it in callbackUrl',
        );
        return { ...at, verdict: 'warn', message };
      }),
    ),
  ),
});
