import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-CA-PKCE-2',
  level: 'MUST',
  title: 'The Connected App does not leave isPkceRequired out',
  failure: 'The Connected App leaves isPkceRequired out',
  why: 'A setting that is not written takes a default, which differs between kinds of apps and is not documented for all of them.',
  remedy: 'Write isPkceRequired with the value true in oauthConfig of the .connectedApp file and deploy it.',
  references: ['Metadata API ConnectedAppOauthConfig.isPkceRequired', 'Partner rule, Proof Key for Code Exchange'],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No Connected App in the metadata leaves isPkceRequired out.',
  grade: leftOut('connected-app', PKCE),
});
