/** What clients do with tokens around a logout, for the tests of this suite. */
import type { SentRefreshToken, RevocationFacts } from '../../src/history/facts.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';

/** A refresh token as a request sends it. */
export const token = (
  label: string,
  generation: number,
  head: boolean,
  family: string | null = 'F#1',
): SentRefreshToken => ({
  ...secret(label),
  family,
  generation,
  head,
});

/** A revocation, answered 200 or refused by `fault`. */
export function revoke(tape: Tape, facts: Partial<RevocationFacts>, fault?: string): number {
  const about: RevocationFacts = { kind: 'revoke', refreshToken: null, accessToken: null, tokenIn: 'body', ...facts };
  return tape.resource(
    {},
    {
      request: { endpoint: 'revoke', method: 'POST', path: '/services/oauth2/revoke', facts: about },
      response: fault === undefined ? {} : { status: 400, fault },
    },
  );
}

/** An API request with an access token of `family`. */
export const use = (tape: Tape, family: string): number =>
  tape.resource({ accessToken: { ...secret('AT#1'), family, generation: 0, newest: true, alive: true } });

/** A logout in which the client does `write`; afterwards it is asked for a call, does `after`, and says that it failed. */
export function loggedOut(write: (tape: Tape) => void, after: (tape: Tape) => void = () => undefined): ScenarioHistory {
  const tape = createTape('logout');
  tape.phase('logout');
  const end = tape.action('disconnect');
  write(tape);
  end();
  tape.phase('logged-out');
  const call = tape.action('call');
  after(tape);
  call({ result: 'failed' });
  return tape.history();
}
