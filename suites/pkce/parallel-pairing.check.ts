import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { challengeVariants } from './challenge-variants.ts';
import { challenged } from './challenges.ts';
import { challengedUses, verifierUses, type VerifierUse } from './verifiers.ts';

export default defineCheck({
  id: 'PKCE-14',
  suite: 'pkce',
  level: 'MUST',
  title: 'In concurrent logins each code is redeemed with its own verifier',
  failure: 'In concurrent logins a code is redeemed with the wrong verifier',
  why: 'Two tabs, two users of one server or a double click start concurrent logins. A client that keeps a single verifier then sends the wrong one, and the login fails for no reason that the user can see.',
  remedy:
    'Store the verifier of each login under its state, and look it up with the state of the callback: `verifiers.get(query.state)`.',
  references: ['RFC 7636 §4.5', 'RFC 7636 §4.6'],
  scenarios: ['parallel-logins'],
  untested:
    'Start a second login before the callback of the first, and let the client redeem the code of at least one of them.',
  relies: ['challenge-sent', 'challenge-well-formed', 'verifier-sent', 'verifier-matches'],
  judge: (scenario) => {
    const parallel = scenario.phase('parallel');
    const uses = challengedUses(scenario, parallel);
    if (uses.length === 0) return undefined;
    const own = challenged(parallel.authorizations).map(({ seq }) => seq);
    const wrong = uses.find(({ verifier, login }) => !verifier.matches.includes(login.seq));
    if (wrong !== undefined) {
      const other = wrong.verifier.matches.find((seq) => own.includes(seq));
      const single = verifierUses(scenario.before('parallel')).at(-1);
      if (other === undefined && single !== undefined && !matchesOwn(single)) {
        return inconclusive('The verifier of a single login does not match its challenge either.', [single.seq], {
          broken: ['verifier-matches'],
        });
      }
      return fail(
        other === undefined
          ? 'Of two concurrent logins a code was redeemed with a verifier that belongs to neither; its own was expected.'
          : 'Of two concurrent logins a code was redeemed with the verifier of the other; its own was expected.',
        [wrong.seq, wrong.login.seq, ...(other === undefined ? [] : [other])],
        {
          diagnosis:
            other === undefined
              ? challengeVariants[wrong.verifier.variant ?? 'unknown']
              : 'The client keeps a single verifier, and the login that began last has overwritten it.',
        },
      );
    }
    return pass(
      `Of ${String(own.length)} concurrent logins ${uses.length === 1 ? 'the one code that was redeemed came with the verifier of its login' : `${String(uses.length)} codes came with the verifier of their own login`}.`,
      uses.flatMap(({ seq, login }) => [seq, login.seq]),
    );
  },
});

const matchesOwn = ({ verifier, login }: VerifierUse): boolean => verifier.matches.some((seq) => seq === login);
