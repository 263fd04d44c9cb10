import { defineCheck } from '../../src/grade/finding.ts';
import { pkceSwitchedOn } from './cutover.ts';

export default defineCheck({
  id: 'CUT-01',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A grant from before PKCE was switched on goes on working',
  failure: 'When PKCE is switched on the client loses a grant that still works',
  why: 'PKCE concerns new logins. Grants made before it was switched on live on, and their refresh tokens need no verifier. A client that gives them up disconnects its users on the day of the change.',
  remedy:
    'Switch PKCE on in the client first, then in the app. When a login is refused with "missing required code challenge", report it and keep the tokens that are stored.',
  references: ['RFC 7636 §5'],
  scenarios: ['cutover'],
  untested: 'Switch PKCE on while a grant lives, let a login be refused, then let the client refresh.',
  relies: [
    'grant-outlives-login',
    'refresh-after-401',
    'token-kept-without-new',
    'chain-kept',
    'refresh-survived',
    'new-access-token-used',
    'calls-answered',
  ],
  judge: pkceSwitchedOn,
});
