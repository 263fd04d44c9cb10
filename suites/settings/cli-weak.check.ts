import { appWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CLI-WEAK',
  level: 'SHOULD',
  title: 'The app requires a secret at the code exchange and at the refresh, or at neither',
  failure: 'The app requires a secret at the code exchange but not at the refresh',
  why: 'Without a secret at the refresh anyone can use a stolen refresh token, although the client could authenticate.',
  remedy:
    'Set isSecretRequiredForRefreshToken to true for a confidential client, or isConsumerSecretOptional to true for a public one.',
  references: ['RFC 6749 §6'],
  requirements: [],
  notApplicable: 'No app in the metadata requires a secret at one and none at the other.',
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
          message: `${appWords(app)} requires the secret at the code exchange but not at the refresh. Check whether its client is public or confidential.`,
        })),
    ),
});
