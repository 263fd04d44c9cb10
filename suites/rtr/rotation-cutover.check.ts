import { defineCheck } from '../../src/grade/finding.ts';
import { rotationSwitchedOn } from './cutover.ts';

export default defineCheck({
  id: 'CUT-02',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'When rotation is switched on, the first new refresh token is kept',
  failure: 'When rotation is switched on, the first new refresh token is dropped',
  why: 'Until rotation is switched on a refresh returns no refresh token. The first answer that carries one replaces the old token; sending that once more ends the connection.',
  remedy:
    'Look for `refresh_token` in every refresh answer and store it when it is there: `token.refresh_token ?? stored.refresh_token`.',
  references: ['RFC 6749 §6'],
  scenarios: ['cutover'],
  untested: 'Switch rotation on while a grant lives, then let the client refresh twice.',
  relies: ['refresh-after-401', 'new-token-kept', 'chain-kept', 'token-kept-without-new', 'refresh-survived'],
  judge: rotationSwitchedOn,
});
