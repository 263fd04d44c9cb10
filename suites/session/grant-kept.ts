/** Judges whether a working grant survives a login that did not succeed. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

/** Judges the call in the phase `after-NAME`, which follows a login in the phase `name`.
 * @param what how the login ended, as the beginning of a sentence */
export function grantKept(scenario: ScenarioHistory, name: string, what: string): Finding | undefined {
  const begun = scenario.phase(name).authorizations[0];
  const [call] = scenario.phase(`after-${name}`).actions.filter(({ begin }) => begin.name === 'call');
  if (begun === undefined || call?.end === undefined) return undefined;
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
