import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { misplaced } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-ECA-RTR-3',
  level: 'MUST',
  title: 'isRefreshTokenRotationEnabled stands nowhere but where the platform reads it',
  failure: 'isRefreshTokenRotationEnabled stands where the platform does not read it',
  why: 'A switch in the wrong place looks as if it were on and does nothing.',
  remedy: 'Move isRefreshTokenRotationEnabled into the root of the .ecaGlblOauth file.',
  references: [
    'Metadata API ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled',
    'Partner rule, Refresh Token Rotation',
  ],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata has isRefreshTokenRotationEnabled in a wrong place.',
  grade: misplaced('external-client-app', RTR),
});
