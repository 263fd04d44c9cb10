/**
 * What a client is seen to do, as far as one check rests on what another one judges.
 *
 * Each observation is shown by one check, its owner. A check names those that must be intact before its own question arises. Where one of them
 * is broken, the owner reports it, and the checks that rely on it are open with the owner as their cause: one cause, one failure.
 */
export const OBSERVATIONS = {
  'challenge-sent': 'The authorization request carries a code_challenge',
  's256-used': 'The code_challenge_method is S256',
  'challenge-well-formed': 'The code_challenge has the form of a SHA-256 digest',
  'verifier-sent': 'The token request carries a code_verifier',
  'verifier-matches': 'The code_verifier belongs to the code_challenge of its login',
  'verifier-fresh': 'Every login has a code_verifier of its own',
  'code-used-once': 'A code is sent once',
  'refresh-after-401': 'A call whose session was refused leads to a refresh',
  'refresh-survived': 'The client is alive after a refresh',
  'new-token-kept': 'The second refresh sends the token that the first one returned',
  'chain-kept': 'Every further refresh sends the newest token',
  'new-access-token-used': 'Calls after a refresh carry the new access token',
  'tokens-durable': 'After a restart the client sends the newest token',
  'stored-before-use': 'A new token is stored before it is used',
  'token-kept-without-new': 'A response without a refresh token leaves the stored one in place',
  'late-save-harmless': 'A call that ends late does not put an old token back',
  'instance-followed': 'API calls go to the instance_url of the newest token answer',
  'one-refresh-at-a-time': 'Concurrent calls share one refresh',
  'calls-answered': 'Every call is answered',
  'concurrent-calls-finish': 'Concurrent calls succeed after the refresh',
  'next-refresh-works': 'The refresh after concurrent calls works',
  'busy-waited-out': 'A refresh that is being processed already is waited for',
  'one-refresh-among-processes': 'Processes that share a store share one refresh',
  'new-login-kept': 'A login during a refresh keeps the tokens of the login',
  'winner-left-alone': 'A caller that lost a race leaves the token of the winner alone',
  'successor-used': 'No refresh sends a token whose successor had been delivered',
  'refreshes-after-failure': 'After a refresh that failed the client refreshes again',
  'rejection-handled': 'A rejected refresh token is given up',
  'revocation-handled': 'After its token family was revoked the client stops using the tokens',
  'no-storm': 'Calls after a rejection do not each send a token request',
  'login-recovers': 'After a new login the client uses the new tokens',
  'outage-survived': 'An outage of the token endpoint leaves the refresh token in place',
  'false-success-refused': 'A 200 without an access token is not taken for a success',
  'lasting-401-reported': 'A 401 that persists after a refresh is reported',
  'slow-refresh-awaited': 'A refresh that takes long is not sent again',
  'lost-answer-bounded': 'A refresh whose answer was lost is sent once more at most',
  'admin-revocation-handled': 'A grant that an administrator revoked is given up',
  'grant-outlives-login': 'A login that is not finished leaves the working grant in place',
  'logout-revokes': 'A logout revokes the refresh token',
  'tokens-gone-after-logout': 'After a logout no token is used',
} as const;

export type Observation = keyof typeof OBSERVATIONS;
