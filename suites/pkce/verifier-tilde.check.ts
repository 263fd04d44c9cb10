import { defineCheck, pass, warn } from '../../src/grade/finding.ts';
import { verifierUses } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-12',
  suite: 'pkce',
  level: 'INFO',
  title: 'The code_verifier avoids characters that Salesforce is reported to refuse',
  failure: 'The code_verifier contains a "~"',
  why: 'RFC 7636 allows "~", but Salesforce is reported to require a verifier that decodes as base64url: then some logins fail at random.',
  remedy: 'Encode random bytes with base64url instead of choosing from all unreserved characters.',
  references: ['RFC 7636 §4.1'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach a token request with a code_verifier.',
  relies: ['verifier-sent'],
  judge: (scenario) => {
    const uses = verifierUses(scenario);
    if (uses.length === 0) return undefined;
    const tilde = uses.find(({ verifier }) => verifier.tilde);
    return tilde === undefined
      ? pass(
          'No code_verifier contained a "~".',
          uses.map(({ seq }) => seq),
        )
      : warn('A code_verifier contained a "~": the RFC allows it, but Salesforce is reported to refuse it.', [
          tilde.seq,
        ]);
  },
});
