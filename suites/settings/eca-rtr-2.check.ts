import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-ECA-RTR-2',
  level: 'MUST',
  title: 'The External Client App does not leave isRefreshTokenRotationEnabled out',
  failure: 'The External Client App leaves isRefreshTokenRotationEnabled out',
  why: 'A setting that is not written takes a default, which differs between kinds of apps and is not documented for all of them.',
  remedy:
    'Write isRefreshTokenRotationEnabled with the value true in the root of the .ecaGlblOauth file and deploy it.',
  references: [
    'Metadata API ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled',
    'Partner rule, Refresh Token Rotation',
  ],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata leaves isRefreshTokenRotationEnabled out.',
  grade: leftOut('external-client-app', RTR),
});
