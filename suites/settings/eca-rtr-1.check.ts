import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { written } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-ECA-RTR-1',
  level: 'MUST',
  title: 'The External Client App has refresh token rotation switched on',
  failure: 'The External Client App has refresh token rotation switched off',
  why: 'Without rotation a stolen refresh token works until the theft is noticed. The partner rule requires rotation in the settings of every app.',
  remedy: 'Set isRefreshTokenRotationEnabled to true in the root of the .ecaGlblOauth file and deploy it.',
  references: [
    'Metadata API ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled',
    'Partner rule, Refresh Token Rotation',
  ],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata has isRefreshTokenRotationEnabled written out.',
  grade: written('external-client-app', RTR),
});
