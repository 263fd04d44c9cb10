import { defineCheck, fail, pass, skip } from '../../src/grade/finding.ts';
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { boundRequests, NOT_USED } from './proofs.ts';

export default defineCheck({
  id: 'DPOP-03',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'A request answered `use_dpop_nonce` is repeated once, with the nonce',
  failure: 'A request answered `use_dpop_nonce` is not repeated, or not with the nonce',
  why: 'Salesforce asks for a nonce at the token endpoint. It is given in the header `DPoP-Nonce` of the refusal; without it the request never succeeds.',
  remedy:
    'On `use_dpop_nonce` read `DPoP-Nonce`, put it into a new proof and repeat the request once. Keep the newest nonce of each server for the requests that follow.',
  references: ['RFC 9449 §8'],
  scenarios: ['login', 'refresh-chain'],
  untested: 'Let a client that uses DPoP log in with `mock.switches.dpop` and `mock.switches.dpopNonce` on.',
  relies: ['refresh-survived'],
  judge: (scenario) => {
    const challenges = scenario.exchanges.filter(isChallenge);
    const [first] = challenges;
    if (first === undefined) return boundRequests(scenario).length === 0 ? skip(NOT_USED, []) : undefined;
    for (const challenge of challenges) {
      const [next] = repetitions(scenario, challenge);
      if (next === undefined) {
        return fail('A request was answered use_dpop_nonce, and the client did not repeat it.', [challenge.seq]);
      }
      if (isChallenge(next)) {
        return fail(
          `A request was answered use_dpop_nonce, and was repeated ${proofOf(next)?.nonce === true ? 'with a wrong nonce' : 'without a nonce'}.`,
          [next.seq, challenge.seq],
        );
      }
    }
    return pass(
      `${howMany(challenges.length, 'request')} answered use_dpop_nonce ${challenges.length === 1 ? 'was' : 'were'} repeated once, with the nonce.`,
      challenges.map(({ seq }) => seq),
    );
  },
});

const isChallenge = ({ response }: ExchangeRecord): boolean => response?.error === 'use_dpop_nonce';

const proofOf = ({ facts }: ExchangeRecord) => ('dpop' in facts ? facts.dpop : undefined);

/** Returns the requests after a nonce challenge that carry the same code or token to the same endpoint. */
function repetitions(scenario: ScenarioHistory, challenge: ExchangeRecord): readonly ExchangeRecord[] {
  const what = carried(challenge);
  return scenario.exchanges.filter(
    (one) => one.begunAt >= challenge.endedAt && one.facts.kind === challenge.facts.kind && carried(one) === what,
  );
}

/** Returns the label of the code or token that a request carries. */
function carried({ facts }: ExchangeRecord): string | undefined {
  if (facts.kind === 'resource') return facts.accessToken?.label;
  return facts.kind === 'token' ? (facts.refreshToken ?? facts.code)?.label : undefined;
}
