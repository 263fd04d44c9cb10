import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-ORG-1',
  level: 'INFO',
  title: 'The switch of the whole org does not stand in for that of the app',
  failure: 'Only the switch of the whole org is on',
  why: 'OauthOidcSettings governs the org that owns the file, not the orgs of customers.',
  remedy: 'Set isPkceRequired in the settings of each app.',
  references: ['Metadata API OauthOidcSettings.isPkceRequired'],
  requirements: [],
  notApplicable: 'There is no OauthOidc.settings file.',
  grade: ({ org }) =>
    org.map(({ state, place }) => ({
      verdict: 'info',
      place,
      message: `OauthOidcSettings: isPkceRequired is ${state}; it holds for its own org and answers for no app.`,
    })),
});
