/** One login that a scenario interfered with: what was delivered, what became of its code, how the client ended it. */
import type { Finding } from '../../src/grade/check.ts';
import { inconclusive } from '../../src/grade/finding.ts';
import type { EventOf } from '../../src/history/event.ts';
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory, ActionRecord } from '../../src/history/query.ts';

export interface Attempt {
  /** The events of its phase. */
  readonly part: ScenarioHistory;
  /** The `authorize` that was asked for. */
  readonly action: ActionRecord;
  /** Callbacks that reached the client. */
  readonly callbacks: readonly EventOf<'visit'>[];
  /** The authorization request that the first of them answers; the first of the phase when no callback came. */
  readonly authorization: ExchangeRecord<AuthorizationFacts> | undefined;
  /** Every token request of the scenario that carried the code of that authorization request. */
  readonly exchanges: readonly ExchangeRecord<TokenFacts>[];
  readonly ending: Ending;
  /** The event that shows the ending. */
  readonly ended: number;
}

/** How the client ended it. `unanswered`: it took its callback and said nothing until the harness gave it up. `not-awaited`: likewise, but the
 * harness waited for less, because an earlier login of the scenario had been left unanswered. */
export type Ending = 'ok' | 'failed' | 'unanswered' | 'not-awaited' | 'crashed';

/** Returns the login of the phase `name`; undefined when it was never tried. */
export function attemptOf(scenario: ScenarioHistory, name: string): Attempt | undefined {
  const part = scenario.phase(name);
  const action = part.actions.find(({ begin }) => begin.name === 'authorize');
  if (action === undefined) return undefined;
  const callbacks = part.of('visit').filter(({ step }) => step === 'callback');
  const [first] = callbacks;
  const before = part.authorizations.filter(({ seq }) => first === undefined || seq < first.seq);
  const authorization = first === undefined ? before[0] : before.at(-1);
  const exchanges = scenario.codeExchanges.filter(
    ({ facts }) => authorization !== undefined && facts.code?.login === authorization.seq,
  );
  const end = endingOf(part, action);
  const waits = scenario.actions.some((one) => one.begin.name === 'authorize' && one.seq < action.seq && leftOpen(one));
  const ending = end.ending === 'unanswered' && waits ? 'not-awaited' : end.ending;
  return { part, action, callbacks, authorization, exchanges, ...end, ending };
}

/** Returns the finding of a check that asks how a login ended which the harness did not wait for. */
export const notAwaited = ({ ended }: Attempt): Finding =>
  inconclusive(
    'The client had left an earlier login unanswered, so the harness did not wait for the answer to this one.',
    [ended],
  );

/** Returns whether the client had shown in this scenario, at its last honest login before the phase `name`, that it redeems codes. */
export function redeemedBefore(scenario: ScenarioHistory, name: string): boolean {
  const before = scenario.before(name);
  const last = before.actions.findLast(({ begin }) => begin.name === 'authorize');
  return (
    last?.end?.result === 'ok' &&
    before.codeExchanges.some(({ seq, response }) => seq > last.seq && response?.status === 200)
  );
}

/** Returns the processes that ended although the harness did not end them. */
export const crashes = (part: ScenarioHistory): readonly EventOf<'process-end'>[] =>
  part.of('process-end').filter(({ expected }) => !expected);

function endingOf(part: ScenarioHistory, { seq, end }: ActionRecord): Pick<Attempt, 'ending' | 'ended'> {
  const [crash] = crashes(part);
  if (crash !== undefined) return { ending: 'crashed', ended: crash.seq };
  return end?.result === 'ok' || end?.result === 'failed'
    ? { ending: end.result, ended: end.seq }
    : { ending: 'unanswered', ended: end?.seq ?? seq };
}

const leftOpen = ({ end }: ActionRecord): boolean => end?.result !== 'ok' && end?.result !== 'failed';

/** Returns whether a login claims a success. A web application answers `ok` with any page, an error page for people too: only other drivers' `ok` claims a success. */
export const claimsSuccess = ({ ending }: Attempt, driver: string): boolean =>
  ending === 'ok' && (driver === 'adapter' || driver === 'command');

/** Returns whether honest logins of this scenario send their codes more than once: that is reported by CODE-03 and shows nothing about interference. */
export function repeatsAnyway(scenario: ScenarioHistory): boolean {
  const [honest] = scenario.logins;
  return (honest?.exchanges.filter(({ response }) => response?.delivered === 'complete').length ?? 0) > 1;
}
