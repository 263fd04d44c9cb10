import { appWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CLI-WEAK',
  level: 'SHOULD',
  title: 'The app wants a secret at the code exchange and at the refresh, or at neither',
  failure: 'The app wants a secret at the code exchange and none at the refresh',
  why: 'A refresh without a secret lets a stolen refresh token be used by anybody, although the client could prove who it is.',
  remedy:
    'Set isSecretRequiredForRefreshToken to true for a confidential client, or isConsumerSecretOptional to true for a public one.',
  references: ['RFC 6749 §6'],
  requirements: [],
  notApplicable: 'No app in the metadata wants a secret at one and none at the other.',
  grade: ({ apps }) =>
    apps.flatMap((app) =>
      app.oauth
        .filter(
          ({ isConsumerSecretOptional, isSecretRequiredForRefreshToken }) =>
            ['false', 'absent'].includes(isConsumerSecretOptional.state) &&
            isSecretRequiredForRefreshToken.state === 'false',
        )
        .map((oauth) => ({
          verdict: 'warn',
          app: app.name,
          place: oauth.isSecretRequiredForRefreshToken.place,
          message: `${appWords(app)} wants the secret at the code exchange but not at the refresh: is its client public or confidential?`,
        })),
    ),
});
