import { contradiction, withClientApp } from './client-app.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';
import { switchXml } from './rule-switch.ts';

export default settingsCheck({
  id: 'SET-CROSS-REFRESH',
  level: 'SHOULD',
  title: 'The app requires a secret at the refresh from a confidential client, and none from a public one',
  failure: 'The app requires the wrong client authentication at the refresh',
  why: 'A public client has no secret to send; a confidential one should have to send it.',
  remedy: 'Set isSecretRequiredForRefreshToken to false for a public client and to true for a confidential one.',
  references: ['RFC 6749 §6', 'Metadata API isSecretRequiredForRefreshToken'],
  requirements: [],
  notApplicable: 'No configuration of a client was given, or no app that belongs to it.',
  grade: withClientApp((app, client, about) =>
    app.oauth.flatMap((oauth): readonly SettingsFinding[] => {
      const { state, place } = oauth.isSecretRequiredForRefreshToken;
      if (state === 'unreadable' || state === 'repeated') return [];
      // The element is documented for Connected Apps only; its absence from an External Client App shows nothing.
      if (state === 'absent' && app.kind === 'external-client-app') return [];
      const required = state !== 'false';
      const at = { ...about, place };
      if (required === (client.client === 'confidential')) {
        return [
          {
            ...at,
            verdict: 'pass',
            message: `A refresh needs ${required ? 'the' : 'no'} secret, as the client is ${client.client}.`,
          },
        ];
      }
      const says = required ? 'requires the secret at the refresh' : 'requires no secret at the refresh';
      return [
        {
          ...at,
          verdict: 'warn',
          message: contradiction(app, `the client is ${client.client}`, says),
          xml: switchXml('isSecretRequiredForRefreshToken', client.client === 'confidential'),
        },
      ];
    }),
  ),
});
