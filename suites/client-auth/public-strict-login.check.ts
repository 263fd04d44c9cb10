import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { checkOfRule, SECRET_RULES } from './refusals.ts';
import { onlyPublic } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-10',
  suite: 'client-auth',
  level: 'MUST',
  title: 'A public client can log in where the server refuses any secret',
  failure: 'A public client cannot log in where the server refuses any secret',
  why: 'The partner rule allows a public client no secret, only the code_verifier. A client that needs its secret stops working on a server that enforces the rule.',
  remedy: 'Make the login work with `client_id` and `code_verifier` alone.',
  references: ['RFC 6749 §2.1', 'RFC 7636 §4.5'],
  scenarios: ['strict'],
  untested: 'Let the client log in against the strict mock.',
  skip: onlyPublic,
  judge: (scenario) => {
    if (scenario.mode !== 'strict') return undefined;
    const denied = [...scenario.authorizations, ...scenario.codeExchanges].find(
      ({ response }) => response?.deniedBy !== undefined,
    );
    const rule = denied?.response?.deniedBy;
    if (denied !== undefined && rule !== undefined) {
      if (SECRET_RULES.includes(rule)) {
        return fail('The strict server refused the code exchange because of a client secret; none was expected.', [
          denied.seq,
          denied.response?.seq ?? denied.seq,
        ]);
      }
      const illegal = denied.facts.kind === 'token' && denied.facts.verifier?.unreserved === false;
      const blocker = illegal && rule === 'malformed-verifier' ? 'PKCE-06' : checkOfRule(rule, denied.facts.kind);
      return inconclusive(
        `The strict server refused the login for another reason: ${rule}.`,
        [denied.seq],
        blocker === undefined ? {} : { blockedBy: blocker },
      );
    }
    const done = scenario.codeExchanges.find(({ response }) => response?.status === 200);
    return done === undefined
      ? undefined
      : pass('The login succeeded with the code_verifier alone, on a server that refuses any secret.', [done.seq]);
  },
});
