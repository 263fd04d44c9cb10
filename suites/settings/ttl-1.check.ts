import { appWords, homeWords, RETRIEVE_NEWER_WITH, switchXml } from './rule-switch.ts';
import { eachOauth, NEWER } from './newer-rule.ts';
import { AS_DEPLOYED, isPlaceholder } from './placeholder.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

const NAME = 'isEnforceRefreshTokenTTL';
const RETRIEVE = `Retrieve the app again with API version ${String(RETRIEVE_NEWER_WITH)} or newer, then grade again.`;

export default settingsCheck({
  id: 'SET-TTL-1',
  level: 'MUST',
  title: 'The idle limit of refresh tokens is enabled',
  failure: 'The idle limit of refresh tokens is not enabled',
  why: 'A refresh token that was idle for 30 days is most likely forgotten. The partner page of November 2026 asks for the limit in every app.',
  remedy: `Set ${NAME} to true in the OAuth settings of the app.`,
  references: ['Partner rule, Limit Idle Refresh Token TTL to 30 Days', 'Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: ['SF-IDLE-TTL'],
  rules: NEWER,
  notApplicable: 'No app in the metadata uses OAuth.',
  grade: ({ apps, strict }) =>
    eachOauth(apps, `whether ${NAME} is true`, (app, oauth): SettingsFinding => {
      const { state, place, text = '' } = oauth[NAME];
      const about = { app: app.name, place };
      const name = `${appWords(app)}: ${NAME}`;
      const xml = switchXml(NAME);
      switch (state) {
        case 'true':
          return { ...about, verdict: 'pass', message: `${name} is true.` };
        case 'false':
          return { ...about, verdict: 'fail', message: `${name} is false, so idle refresh tokens stay valid.`, xml };
        case 'absent':
          return {
            ...about,
            ...(strict ? { verdict: 'fail', xml } : { verdict: 'inconclusive', remedy: RETRIEVE }),
            message: `${name} is not declared ${homeWords(app.kind)}. Files that were retrieved with an API version before ${String(RETRIEVE_NEWER_WITH)} do not have it.`,
          };
        case 'unreadable':
        case 'repeated':
          return text !== '' && isPlaceholder(text)
            ? { ...about, verdict: 'inconclusive', message: `${name} is filled in elsewhere.`, remedy: AS_DEPLOYED }
            : {
                ...about,
                verdict: 'inconclusive',
                message: `${name} cannot be read as a boolean ("${text}").`,
                xml,
              };
      }
    }),
});
