import { appWords, switchXml } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-EXT-1',
  level: 'INFO',
  title: 'Refresh tokens expire when idle and are bound to addresses',
  failure: 'Refresh tokens neither expire when idle nor are bound to addresses',
  why: 'Salesforce announced these elsewhere; the partner rule does not ask for them.',
  remedy: 'Set isEnforceRefreshTokenTTL to true, and list tokenIpRanges in an .ecaOauthSecurity file.',
  references: ['Metadata API ExtlClntAppOauthSecuritySettings'],
  requirements: [],
  // The requirements of the newer set cover both; the check remains for histories recorded under the older set.
  rules: ['sf-partner-2026-05'],
  notApplicable: 'It goes beyond this edition of the partner rule; --rules sf-partner-2026-11 grades it.',
  grade: ({ apps, extended }) =>
    !extended
      ? []
      : apps.flatMap((app) =>
          app.oauth.flatMap((oauth): readonly SettingsFinding[] => {
            const { state, place } = oauth.isEnforceRefreshTokenTTL;
            const about = { app: app.name, verdict: 'info' } as const;
            const findings: SettingsFinding[] = [];
            if (state !== 'true') {
              const message = `${appWords(app)}: isEnforceRefreshTokenTTL is ${state}.`;
              findings.push({ ...about, place, message, xml: switchXml('isEnforceRefreshTokenTTL') });
            }
            if (app.kind === 'external-client-app' && !app.tokenIpRanges) {
              findings.push({ ...about, place: app.place, message: `${appWords(app)} has no tokenIpRanges.` });
            }
            return findings;
          }),
        ),
});
