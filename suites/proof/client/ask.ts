import { noAnswer } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Parts } from './parts.ts';
import { toHttp } from './token-request.ts';

/** One request to the token endpoint, and what came of it. Never rejects. */
export async function ask(
  form: Readonly<Record<string, string>>,
  purpose: 'code' | 'refresh',
  { env, behaviours }: Parts,
): Promise<Outcome> {
  const bare = { path: '/services/oauth2/token', query: {}, headers: {}, form } as const;
  try {
    const answer = await behaviours.send(toHttp(behaviours.authenticate(bare, purpose, env), env), purpose);
    return behaviours.interpret(answer, purpose);
  } catch (cause) {
    return noAnswer(cause);
  }
}
