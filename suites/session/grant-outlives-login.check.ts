import { defineCheck } from '../../src/grade/finding.ts';
import { grantKept } from './grant-kept.ts';

/** How a login was abandoned, by phase; the call in the phase `after-NAME` shows whether the grant still works. */
const ABANDONED = { denied: 'its user said no', closed: 'its user closed the window' } as const;

export default defineCheck({
  id: 'SES-07',
  suite: 'session',
  level: 'SHOULD',
  title: 'A new login that is not finished leaves the working grant in place',
  failure: 'A new login that is not finished costs the working grant',
  why: 'A user may start a login by mistake, or deny access. A client that deletes the tokens before the new ones have arrived has disconnected that user.',
  remedy: 'Replace the stored tokens when the token answer of the new login has arrived, not when the login begins.',
  references: ['RFC 6749 §4.1.2.1'],
  scenarios: ['unfinished-logins'],
  untested: 'While the client is connected begin another login and do not finish it; then let the client make a call.',
  shows: ['grant-outlives-login'],
  relies: [
    'refresh-after-401',
    'chain-kept',
    'refresh-survived',
    'tokens-durable',
    'stored-before-use',
    'new-access-token-used',
    'calls-answered',
  ],
  judge: (scenario) => {
    const names = Object.keys(ABANDONED) as (keyof typeof ABANDONED)[];
    const found = names.flatMap(
      (name) => grantKept(scenario, name, `A new login was begun, and ${ABANDONED[name]}`) ?? [],
    );
    return (
      found.find(({ verdict }) => verdict === 'fail') ??
      found.find(({ verdict }) => verdict === 'inconclusive') ??
      found.at(-1)
    );
  },
});
