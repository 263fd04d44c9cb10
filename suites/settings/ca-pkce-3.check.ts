import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { misplaced } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-CA-PKCE-3',
  level: 'MUST',
  title: 'isPkceRequired appears only where Salesforce reads it',
  failure: 'isPkceRequired appears where Salesforce does not read it',
  why: 'A setting in the wrong place looks as if it were on, but has no effect.',
  remedy: 'Move isPkceRequired into oauthConfig of the .connectedApp file.',
  references: ['Metadata API ConnectedAppOauthConfig.isPkceRequired', 'Partner rule, Proof Key for Code Exchange'],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No Connected App in the metadata has isPkceRequired in a wrong place.',
  grade: misplaced('connected-app', PKCE),
});
