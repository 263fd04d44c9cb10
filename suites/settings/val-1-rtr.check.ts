import { RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { unreadable } from './switch-rules.ts';

export default settingsCheck({
  id: 'SET-VAL-1-RTR',
  level: 'MUST',
  title: 'isRefreshTokenRotationEnabled is true or false, and is written once',
  failure: 'isRefreshTokenRotationEnabled cannot be read as true or false',
  why: 'A placeholder, a misspelling or two contradicting elements do not show what is deployed.',
  remedy: 'Write it once, with the value true.',
  references: ['XML Schema Part 2 §3.2.2'],
  requirements: ['SF-RTR-ENABLED'],
  notApplicable: 'isRefreshTokenRotationEnabled can be read wherever it is written.',
  grade: unreadable(RTR),
});
