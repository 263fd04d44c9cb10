import { appWords } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CLI-CONF',
  level: 'INFO',
  title: 'The app is made for a confidential client',
  failure: 'The app is made for a confidential client',
  why: 'A confidential client must send both the code_verifier and the client_secret.',
  remedy: 'Nothing to change; run the client checks with "client": "confidential".',
  references: ['Partner rule, Proof Key for Code Exchange'],
  requirements: [],
  notApplicable: 'No app in the metadata is made for a confidential client.',
  grade: ({ apps }) =>
    apps.flatMap((app) =>
      app.oauth
        .filter(({ isConsumerSecretOptional: { state } }) => state === 'false' || state === 'absent')
        .map((oauth) => ({
          verdict: 'info',
          app: app.name,
          place: oauth.isConsumerSecretOptional.place,
          message: `${appWords(app)} requires the secret at the code exchange: its client must send both verifier and secret.`,
        })),
    ),
});
