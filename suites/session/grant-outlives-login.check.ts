import type { Check, Finding } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

/** How a login was abandoned, by phase; the call that shows what is left comes in the phase `after-NAME`. */
const ABANDONED = { denied: 'its user said no', closed: 'its user closed the window' } as const;

const check: Check = {
  id: 'SES-07',
  suite: 'session',
  level: 'SHOULD',
  title: 'A new login that is not finished leaves the working grant in place',
  failure: 'A new login that is not finished costs the working grant',
  why: 'A user may start a login by mistake, or say no. Whoever deletes the tokens before the new ones have arrived has disconnected that user.',
  remedy: 'Replace the stored tokens when the token answer of the new login has arrived, not when the login begins.',
  references: ['RFC 6749 §4.1.2.1'],
  scenarios: ['unfinished-logins'],
  untested: 'While the client is connected begin another login and do not finish it; then let the client make a call.',
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
    const found = names.flatMap((name) => judgePhase(scenario, name) ?? []);
    return (
      found.find(({ verdict }) => verdict === 'fail') ??
      found.find(({ verdict }) => verdict === 'inconclusive') ??
      found.at(-1)
    );
  },
};
export default check;

function judgePhase(scenario: ScenarioHistory, name: keyof typeof ABANDONED): Finding | undefined {
  const begun = scenario.phase(name).authorizations[0];
  const [call] = scenario.phase(`after-${name}`).verbs.filter(({ begin }) => begin.name === 'call');
  if (begun === undefined || call?.end === undefined) return undefined;
  const what = `A new login was begun, and ${ABANDONED[name]}`;
  const evidence = [call.end.seq, begun.seq];
  switch (callOutcome(scenario, call)) {
    case 'succeeded':
      return pass(`${what}; the client went on with the grant that it had.`, evidence);
    case 'failed':
    case 'hung':
    case 'unbacked': {
      const message = `${what}; the next call of the client failed, although ${stateOfNewest(scenario, begun.seq)}.`;
      return newestToken(scenario, begun.seq)?.state === 'valid'
        ? fail(message, evidence)
        : inconclusive(message, evidence, { broken: TOKEN_LOST });
    }
    default:
      return undefined;
  }
}
