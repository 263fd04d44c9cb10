import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { judgeBound, kindOf } from './proofs.ts';

export default defineCheck({
  id: 'DPOP-02',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'A bound token is sent with the key that it is bound to, also after a refresh and a restart',
  failure: 'A bound token is sent with another key than the one that it is bound to',
  why: 'Access and refresh tokens stay bound to the key of the login. A client that makes a new key at each start has lost its connection with every restart.',
  remedy:
    'Store the key pair with the tokens of its connection, as securely as these, and make a new one for a new login only.',
  references: ['RFC 9449 §5'],
  scenarios: ['refresh-chain', 'crash-after-refresh'],
  untested: 'Let a client that uses DPoP refresh, restart it, and let it refresh again.',
  relies: ['refresh-survived'],
  judge: (scenario) =>
    judgeBound(scenario, (requests) => {
      const bound = requests.filter(({ boundTo, proof }) => boundTo !== undefined && proof?.valid === true);
      const other = bound.find(({ boundTo, proof }) => proof?.key !== boundTo);
      if (other !== undefined) {
        return fail(
          `In ${scenario.id} ${kindOf(other.request)} carried a DPoP proof of another key than the one that its token is bound to.`,
          [other.request.seq],
        );
      }
      return bound.length === 0
        ? undefined
        : pass(
            'Each bound token was sent with the key that it is bound to.',
            bound.map(({ request }) => request.seq),
          );
    }),
});
