import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-CA-RTR-2',
  level: 'MUST',
  title: 'The Connected App does not leave isRefreshTokenRotationEnabled out',
  failure: 'The Connected App leaves isRefreshTokenRotationEnabled out',
  why: 'A setting that is not written takes a default, which differs between kinds of apps and is not documented for all of them.',
  remedy:
    'Write isRefreshTokenRotationEnabled with the value true in oauthConfig of the .connectedApp file and deploy it.',
  references: [
    'Metadata API ConnectedAppOauthConfig.isRefreshTokenRotationEnabled',
    'Partner rule, Refresh Token Rotation',
  ],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No Connected App in the metadata leaves isRefreshTokenRotationEnabled out.',
  grade: leftOut('connected-app', RTR),
});
