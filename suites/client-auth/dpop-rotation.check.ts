import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { sentToken } from '../rtr/refreshes.ts';
import { judgeBound, type BoundRequest } from './proofs.ts';

export default defineCheck({
  id: 'DPOP-04',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'A rotated refresh token is sent with a new DPoP proof',
  failure: 'A rotated refresh token is sent without a DPoP proof, or with an old one',
  why: 'Each refresh needs a proof of its own: a server that remembers `jti` refuses one that it has seen, and the client then takes its rotated token for rejected.',
  remedy: 'Make the proof when the request is sent, with a random `jti` and the time of this moment; never store one.',
  references: ['RFC 9449 §4.2', 'RFC 9449 §11.1'],
  scenarios: ['refresh-chain'],
  untested: 'Let a client that uses DPoP refresh at least twice.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived'],
  judge: (scenario) =>
    judgeBound(scenario, (requests) => {
      const seen = new Set<string>();
      const rotated: number[] = [];
      for (const { request, proof } of requests) {
        const refresh = refreshOf(request);
        if (refresh !== undefined && (refresh.facts.refreshToken?.generation ?? 0) > 0) {
          if (proof === undefined) {
            return fail(`A refresh sent ${sentToken(refresh)} without a DPoP proof.`, [refresh.seq]);
          }
          if (seen.has(proof.proof)) {
            return fail(`A refresh sent ${sentToken(refresh)} with a DPoP proof that had been sent before.`, [
              refresh.seq,
            ]);
          }
          rotated.push(refresh.seq);
        }
        if (proof !== undefined) seen.add(proof.proof);
      }
      return rotated.length === 0
        ? undefined
        : pass('Each rotated refresh token was sent with a DPoP proof of its own.', rotated);
    }),
});

const refreshOf = ({ facts, ...rest }: BoundRequest['request']) =>
  facts.kind === 'token' && facts.refreshToken !== null
    ? ({ ...rest, facts } as Parameters<typeof sentToken>[0])
    : undefined;
