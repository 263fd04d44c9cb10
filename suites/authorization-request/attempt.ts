/** Describes one login that a scenario interfered with: the callbacks that reached the client, what happened to its code, and how the
 * client ended the login. */
import type { Finding } from '../../src/grade/check.ts';
import { inconclusive } from '../../src/grade/finding.ts';
import type { EventOf } from '../../src/history/event.ts';
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory, ActionRecord } from '../../src/history/query.ts';

/** A login that a scenario interfered with, read from the history by `attemptOf` for the checks of this folder and of code handling. */
export interface Attempt {
  /** The events of the phase. */
  readonly part: ScenarioHistory;
  /** The `authorize` action of the driver. */
  readonly action: ActionRecord;
  /** Callbacks that were delivered to the client. */
  readonly callbacks: readonly EventOf<'visit'>[];
  /** The authorization request that the first callback answers; the first one of the phase when no callback was delivered. */
  readonly authorization: ExchangeRecord<AuthorizationFacts> | undefined;
  /** Every token request of the scenario that carried the code of that authorization request. */
  readonly exchanges: readonly ExchangeRecord<TokenFacts>[];
  readonly ending: Ending;
  /** Number of the event that shows the ending. */
  readonly ended: number;
}

/** How the client ended a login. `unanswered`: it received its callback and did not answer before the harness stopped waiting.
 * `not-awaited`: the same, but the harness waited for a shorter time, because the client had left an earlier login of the scenario
 * unanswered. */
export type Ending = 'ok' | 'failed' | 'unanswered' | 'not-awaited' | 'crashed';

/** Returns the login of the phase `name`; undefined when the client began none. */
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

/** Returns the finding for a login whose end the harness did not wait for. */
export const notAwaited = ({ ended }: Attempt): Finding =>
  inconclusive(
    'The client had left an earlier login unanswered, so the harness did not wait for the answer to this one.',
    [ended],
  );

/** Returns whether the client redeemed a code in its last undisturbed login before the phase `name`: a client that redeems none shows
 * nothing when it ignores a callback. */
export function redeemedBefore(scenario: ScenarioHistory, name: string): boolean {
  const before = scenario.before(name);
  const last = before.actions.findLast(({ begin }) => begin.name === 'authorize');
  return (
    last?.end?.result === 'ok' &&
    before.codeExchanges.some(({ seq, response }) => seq > last.seq && response?.status === 200)
  );
}

/** Returns the process ends that the harness did not cause. */
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

/** Returns whether the client reported a login as successful. A web application answers `ok` with any page, error pages included, so `ok`
 * counts only for other drivers. */
export const claimsSuccess = ({ ending }: Attempt, driver: string): boolean =>
  ending === 'ok' && (driver === 'adapter' || driver === 'command');

/** Returns whether the client also sends codes more than once in undisturbed logins of this scenario. CODE-03 reports that; it is not a
 * reaction to the interference. */
export function repeatsAnyway(scenario: ScenarioHistory): boolean {
  const [honest] = scenario.logins;
  return (honest?.exchanges.filter(({ response }) => response?.delivered === 'complete').length ?? 0) > 1;
}
