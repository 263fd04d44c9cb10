import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { misplaced } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-CA-PKCE-3',
  level: 'MUST',
  title: 'isPkceRequired stands nowhere but where the platform reads it',
  failure: 'isPkceRequired stands where the platform does not read it',
  why: 'A switch in the wrong place looks as if it were on and does nothing.',
  remedy: 'Move isPkceRequired into oauthConfig of the .connectedApp file.',
  references: ['Metadata API ConnectedAppOauthConfig.isPkceRequired', 'Partner rule, Proof Key for Code Exchange'],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No Connected App in the metadata has isPkceRequired in a wrong place.',
  grade: misplaced('connected-app', PKCE),
});
