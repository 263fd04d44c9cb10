import { regression } from './regression.ts';
import { PKCE } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-REG-1-PKCE',
  level: 'MUST',
  title: 'PKCE that was on is still on',
  failure: 'PKCE was on and has been switched off',
  why: 'After it is enabled, partners are not permitted to disable it.',
  remedy: 'Set isPkceRequired back to true and deploy it before the next release.',
  references: ['Partner rule, Proof Key for Code Exchange, note'],
  requirements: ['SF-PKCE-ENABLED'],
  notApplicable: 'No earlier state was given in which isPkceRequired was true.',
  grade: regression(PKCE),
});
