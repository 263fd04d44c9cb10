import { defineCheck, fail, pass, warn } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

/** Bits by Shannon's estimate over the value's own characters. Text made from 128 random bits never falls this low; text made from 96
 * random bits never rises above it. */
const GUESSABLE = 64;

export default defineCheck({
  id: 'AZ-03',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'Each login has its own unguessable state',
  failure: 'The state is missing, guessable or reused',
  why: 'The state ties a callback to the browser that began the login. Without it an attacker can make the user continue in the account of the attacker.',
  remedy:
    'Generate a state for each login from a secure random source, as in `randomBytes(16).toString("base64url")`, keep it with the session, and compare it in the callback.',
  references: ['RFC 6749 §10.12', 'RFC 9700 §4.7'],
  scenarios: ['logins', 'login'],
  untested: 'Start several logins that send the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const without = authorizations.find(({ facts }) => facts.state === null || facts.state.length === 0);
    if (without !== undefined) {
      return without.facts.challenge === null
        ? fail('An authorization request carried no state, and no code_challenge that could replace it.', [without.seq])
        : warn(
            'An authorization request carried no state. PKCE protects the login without one; a state would be safer.',
            [without.seq],
          );
    }
    const states = authorizations.flatMap(({ seq, facts }) => (facts.state === null ? [] : [{ seq, ...facts.state }]));
    const again = [...Map.groupBy(states, ({ label }) => label).values()].find((group) => group.length > 1);
    if (again !== undefined) {
      return fail(
        `The same state was used for ${String(again.length)} logins; each login needs its own.`,
        again.map(({ seq }) => seq),
      );
    }
    const weak = states.find(({ entropyBits }) => entropyBits < GUESSABLE);
    if (weak !== undefined) {
      return fail(
        `A state of ${howMany(weak.length, 'character')} had about ${String(Math.round(weak.entropyBits))} bits of entropy by estimate; 128 random bits were expected.`,
        [weak.seq],
      );
    }
    return pass(
      `${howMany(states.length, 'authorization request')} carried ${howMany(states.length, 'different, unguessable state')}.`,
      states.map(({ seq }) => seq),
    );
  },
});
