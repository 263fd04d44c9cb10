import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { written } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-CA-PKCE-1',
  level: 'MUST',
  title: 'The Connected App has PKCE switched on',
  failure: 'The Connected App has PKCE switched off',
  why: 'Without PKCE a stolen authorization code can be exchanged for tokens. The partner rule requires PKCE in the settings of every app, public or confidential.',
  remedy: 'Set isPkceRequired to true in oauthConfig of the .connectedApp file and deploy it.',
  references: ['Metadata API ConnectedAppOauthConfig.isPkceRequired', 'Partner rule, Proof Key for Code Exchange'],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No Connected App in the metadata has isPkceRequired written out.',
  grade: written('connected-app', PKCE),
});
