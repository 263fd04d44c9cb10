/** Reads how a client reacts when its code is refused or the answer to its code exchange is lost. */
import type { TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';
import { attemptOf, claimsSuccess, type Attempt } from '../authorization-request/attempt.ts';
import { repetitions } from './credentials-moved.ts';

/** A code exchange that was refused or whose answer was lost, and the client's reaction, read by `refusalOf`. */
export interface Refusal {
  readonly attempt: Attempt;
  /** The token request that the fault applied to. */
  readonly first: ExchangeRecord<TokenFacts>;
  /** Later requests with the same code. */
  readonly again: readonly ExchangeRecord<TokenFacts>[];
  /** Event numbers of later authorization requests. */
  readonly newFlows: readonly number[];
  /** Why the user does not learn of the refusal, as the end of a sentence; undefined when the client reported an error or began a new
   * login. */
  readonly hidden: string | undefined;
}

/** Returns the refusal in `phase`; undefined when `fault` applied to no request with the code of its login. */
export function refusalOf(
  scenario: ScenarioHistory,
  phase: string,
  fault: string,
  driver: string,
): Refusal | undefined {
  const attempt = attemptOf(scenario, phase);
  if (attempt === undefined) return undefined;
  const [first] = attempt.exchanges;
  if (first?.response?.fault !== fault) return undefined;
  const newFlows = attempt.part.authorizations.filter(({ seq }) => seq > first.seq).map(({ seq }) => seq);
  return {
    attempt,
    first,
    newFlows,
    again: repetitions(attempt.exchanges),
    hidden: newFlows.length > 0 ? undefined : hiding(attempt, driver),
  };
}

function hiding(attempt: Attempt, driver: string): string | undefined {
  const { ending, part } = attempt;
  if (ending === 'crashed') return 'the client crashed';
  if (ending === 'unanswered') return 'the client never answered';
  const granted = part.codeExchanges.some(({ response }) => response?.status === 200);
  return claimsSuccess(attempt, driver) && !granted ? 'the client reported a successful login' : undefined;
}
