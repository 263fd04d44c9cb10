import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-ECA-PKCE-2',
  level: 'MUST',
  title: 'The External Client App does not leave isPkceRequired out',
  failure: 'The External Client App leaves isPkceRequired out',
  why: 'A setting that is not written takes a default, which differs between kinds of apps and is not documented for all of them.',
  remedy: 'Write isPkceRequired with the value true in the root of the .ecaGlblOauth file and deploy it.',
  references: [
    'Metadata API ExtlClntAppGlobalOauthSettings.isPkceRequired',
    'Partner rule, Proof Key for Code Exchange',
  ],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No External Client App in the metadata leaves isPkceRequired out.',
  grade: leftOut('external-client-app', PKCE),
});
