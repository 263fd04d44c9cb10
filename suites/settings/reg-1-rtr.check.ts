import { regression } from './regression.ts';
import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-REG-1-RTR',
  level: 'MUST',
  title: 'Refresh token rotation that was on is still on',
  failure: 'Refresh token rotation was on and has been switched off',
  why: 'After it is enabled, partners are not permitted to disable it.',
  remedy: 'Set isRefreshTokenRotationEnabled back to true and deploy it before the next release.',
  references: ['Partner rule, Refresh Token Rotation, note'],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'No earlier state was given in which isRefreshTokenRotationEnabled was true.',
  grade: regression(RTR),
});
