import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { misplaced } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-ECA-RTR-3',
  level: 'MUST',
  title: 'isRefreshTokenRotationEnabled appears only where Salesforce reads it',
  failure: 'isRefreshTokenRotationEnabled appears where Salesforce does not read it',
  why: 'A setting in the wrong place looks as if it were on, but has no effect.',
  remedy: 'Move isRefreshTokenRotationEnabled into the root of the .ecaGlblOauth file.',
  references: [
    'Metadata API ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled',
    'Partner rule, Refresh Token Rotation',
  ],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata has isRefreshTokenRotationEnabled in a wrong place.',
  grade: misplaced('external-client-app', RTR),
});
