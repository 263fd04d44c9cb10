/** What a client does once its code was refused, or the answer to it was lost. */
import type { TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';
import { attemptOf, claimsSuccess, type Attempt } from '../authorization-request/attempt.ts';
import { repetitions } from './credentials-moved.ts';

export interface Refusal {
  readonly attempt: Attempt;
  /** The token request that the fault struck. */
  readonly first: ExchangeRecord<TokenFacts>;
  /** The same code again, after that. */
  readonly again: readonly ExchangeRecord<TokenFacts>[];
  /** Authorization requests after it. */
  readonly newFlows: readonly number[];
  /** Why the user does not learn of the refusal, as the end of a sentence; undefined when an error was reported or a new login began. */
  readonly hidden: string | undefined;
}

/** Returns the login of `phase`, if its code was met by `fault`. */
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
