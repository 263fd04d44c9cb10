import { appWords, switchXml } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CLI-PUB',
  level: 'SHOULD',
  title: 'A public client needs no secret for a refresh either',
  failure: 'A public client needs a secret to refresh',
  why: 'A public client must not send a client_secret. An app that requires one at the refresh stops working for it when the first access token expires.',
  remedy: 'Set isSecretRequiredForRefreshToken to false.',
  references: ['Partner rule, Proof Key for Code Exchange', 'RFC 6749 §2.1'],
  requirements: [],
  notApplicable: 'No app in the metadata is made for a public client (isConsumerSecretOptional is true nowhere).',
  grade: ({ apps }) =>
    apps.flatMap((app) =>
      app.oauth
        .filter((oauth) => oauth.isConsumerSecretOptional.state === 'true')
        .map((oauth) => {
          const { state, place } = oauth.isSecretRequiredForRefreshToken;
          const about = { app: app.name, place };
          const name = `${appWords(app)} is made for a public client`;
          if (state === 'false')
            return { ...about, verdict: 'pass', message: `${name}, and a refresh needs no secret.` };
          const leftOut = app.kind === 'connected-app' ? 'left out, which is true' : 'left out, which may be true';
          const seen = state === 'absent' ? leftOut : state;
          return {
            ...about,
            verdict: 'warn',
            message: `${name}, but isSecretRequiredForRefreshToken is ${seen}: a refresh ${seen.includes('may') ? 'may' : 'would'} still need a secret.`,
            xml: switchXml('isSecretRequiredForRefreshToken', false),
          };
        }),
    ),
});
