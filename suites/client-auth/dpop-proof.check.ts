import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { judgeBound, kindOf, type BoundRequest } from './proofs.ts';

export default defineCheck({
  id: 'DPOP-01',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'Every request with a bound token carries a DPoP proof for this very request',
  failure: 'A request with a bound token carries no DPoP proof, or one for another request',
  why: 'A token that is bound to a key is worth nothing without a proof of the key; a proof that names another method, address or token is refused.',
  remedy:
    'Make a new proof for each request: `htm` its method, `htu` its URL without query and fragment, and at the API `ath`, the SHA-256 of the access token in base64url.',
  references: ['RFC 9449 §4.2', 'RFC 9449 §7.1'],
  scenarios: ['login', 'refresh-chain'],
  untested: 'Let a client that uses DPoP log in with `mock.switches.dpop` on, then call the API and refresh.',
  relies: ['refresh-survived'],
  judge: (scenario) =>
    judgeBound(scenario, (requests) => {
      for (const one of requests) {
        const wrong = faultOf(one);
        if (wrong === undefined) continue;
        return fail(`In ${scenario.id} ${kindOf(one.request)} ${wrong}.`, [one.request.seq]);
      }
      return pass(
        `${howMany(requests.length, 'request')} carried a DPoP proof for this very request.`,
        requests.map(({ request }) => request.seq),
      );
    }),
});

/** Describes the fault of a request's proof as a sentence fragment; undefined when the proof is valid. */
function faultOf({ proof, request }: BoundRequest): string | undefined {
  if (proof === undefined) return 'carried no DPoP proof';
  if (!proof.valid) return 'carried a DPoP proof that is not signed with its own key';
  if (!proof.htm) return `carried a DPoP proof whose \`htm\` is not ${request.request.method}`;
  if (!proof.htu) return 'carried a DPoP proof whose `htu` is not its URL';
  return proof.ath === false ? 'carried a DPoP proof whose `ath` is not the hash of its access token' : undefined;
}
