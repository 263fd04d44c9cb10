import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-ORG-1',
  level: 'INFO',
  title: 'The org-wide setting does not replace the setting of the app',
  failure: 'Only the org-wide setting is on',
  why: 'OauthOidcSettings applies to the org that owns the file, not to the orgs of customers.',
  remedy: 'Set isPkceRequired in the settings of each app.',
  references: ['Metadata API OauthOidcSettings.isPkceRequired'],
  requirements: [],
  notApplicable: 'There is no OauthOidc.settings file.',
  grade: ({ org }) =>
    org.map(({ state, place }) => ({
      verdict: 'info',
      place,
      message: `OauthOidcSettings: isPkceRequired is ${state}; it applies to its own org and does not count for any app.`,
    })),
});
