import { defineCheck } from '../../src/grade/finding.ts';
import { pkceSwitchedOn, rotationSwitchedOn } from './cutover.ts';

export default defineCheck({
  id: 'CUT-03',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'Settings that take effect late cost neither the grant nor the new refresh token',
  failure: 'Settings that take effect late cost the grant or the new refresh token',
  why: 'Salesforce needs time to propagate settings; up to an hour was seen. For that time refreshes are answered without a new token, then with one, and nothing announces the change.',
  remedy:
    'Decide by each answer, never by a date, a configuration value or what the last answer had: store `refresh_token` whenever it is there.',
  references: ['RFC 6749 §6'],
  scenarios: ['cutover-late'],
  untested: 'Switch PKCE and rotation on so that they take effect later, and let the client refresh before and after.',
  relies: [
    'grant-outlives-login',
    'refresh-after-401',
    'new-token-kept',
    'chain-kept',
    'token-kept-without-new',
    'refresh-survived',
    'new-access-token-used',
    'calls-answered',
  ],
  judge: (scenario) => {
    const rotation = rotationSwitchedOn(scenario);
    // A dropped token makes the later call fail too: report one cause in one sentence.
    return rotation === undefined || rotation.verdict === 'fail' ? rotation : (pkceSwitchedOn(scenario) ?? rotation);
  },
});
