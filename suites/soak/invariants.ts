/** The invariants of the soak (I1–I8), which hold whatever operations were run. Each is a pure function that finds the first violation. */
import type { Observation } from '../../src/grade/observation.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import type { EventOf } from '../../src/history/event.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { callsLeft } from '../calls.ts';
import { died, hung } from '../error-handling/aftermath.ts';
import { afterSuccess, overlapping, byRefreshToken } from '../races/contention.ts';
import { accessTokenUses } from '../rtr/access-tokens.ts';
import { sentToken, type Refresh } from '../rtr/refreshes.ts';
import { sharedAnswer } from '../rtr/shared-answer.ts';
import type { PerformedOperation } from './performed.ts';

/** The first violation of one invariant, as the soak check reports it. */
export interface Violation {
  readonly invariant: string;
  readonly message: string;
  /** The decisive event first. */
  readonly evidence: readonly number[];
  /** The observation that explains the violation when another check judges its cause. */
  readonly cause?: Observation;
}

type Invariant = (scenario: ScenarioHistory, performed: readonly PerformedOperation[]) => Violation | undefined;

/** Token requests allowed after one failure (I7), and further uses of a token that was refused or lost (I3, I4). */
const MOST_REQUESTS = 3;
const MOST_FURTHER = 1;

const violation = (invariant: string, message: string, evidence: readonly number[]): Violation => ({
  invariant,
  message,
  evidence,
});

/** I1: no refresh token is sent after the next one was delivered. */
const noReuse: Invariant = ({ refreshes }) => {
  for (const group of byRefreshToken(refreshes)) {
    const [pair] = afterSuccess(group);
    if (pair !== undefined) {
      return violation('I1', `${sentToken(pair[1])}, was sent after its successor had been delivered`, [
        pair[1].seq,
        pair[0].seq,
      ]);
    }
  }
  return undefined;
};

/** I2: no two requests send one refresh token at the same time. */
const noOverlap: Invariant = ({ refreshes }) => {
  for (const group of byRefreshToken(refreshes)) {
    const pair = overlapping(group);
    if (pair !== undefined) {
      return violation('I2', `${sentToken(pair[1])}, was sent by two requests at the same time`, [
        pair[1].seq,
        pair[0].seq,
      ]);
    }
  }
  return undefined;
};

/** I3: a token whose successor was lost in transit is sent at most once more. */
const lostOnce: Invariant = ({ refreshes }) => {
  for (const group of byRefreshToken(refreshes)) {
    const lost = group.findIndex(
      (one) => one.response?.issued?.refreshToken !== undefined && one.response.delivered !== 'complete',
    );
    const again = lost < 0 ? [] : group.slice(lost + 1);
    if (again.length > MOST_FURTHER) {
      return violation(
        'I3',
        `${group[0]?.facts.refreshToken?.label ?? 'a token'} was sent ${howMany(again.length, 'more time')} after its successor was lost`,
        again.map(({ seq }) => seq),
      );
    }
  }
  return undefined;
};

/** I4: the client stops using a family that was revoked. */
const deadIsDead: Invariant = (scenario) => {
  for (const revoked of scenario.of('family').filter(({ change }) => change === 'revoked')) {
    const further = scenario.refreshes.filter(
      ({ begunAt, facts, response }) =>
        facts.refreshToken?.family === revoked.family && begunAt >= revoked.t && (response?.status ?? 0) >= 400,
    );
    if (further.length > 1 + MOST_FURTHER) {
      return violation(
        'I4',
        `a refresh token of the revoked family ${revoked.family} was sent ${howMany(further.length, 'time')}`,
        [...further.map(({ seq }) => seq), revoked.seq],
      );
    }
  }
  return undefined;
};

/** I5: a call that begins while no other action is in progress carries the access token that was delivered last. */
const newestAccess: Invariant = (scenario) => {
  const old = accessTokenUses(scenario).find(({ stale }) => stale);
  if (old === undefined) return undefined;
  const { use, adopted } = old;
  const expected = adopted.response?.issued?.accessToken?.label ?? 'another';
  return violation(
    'I5',
    `an API call carried ${use.facts.accessToken?.label ?? 'no token'}, although ${expected} had been delivered last`,
    [use.seq, adopted.seq],
  );
};

/** I6: the stored refresh token is the newest of its family at the end. Where the operations ended with a lost answer, the client cannot
 * know it. */
const headStored: Invariant = (scenario) => {
  const bad = scenario
    .since('probe')
    .refreshes.find((one) => one.facts.refreshToken?.head !== true && !presentsLost(scenario, one));
  return bad === undefined
    ? undefined
    : violation('I6', `at the end the client sent ${sentToken(bad)}, not the newest token`, [bad.seq]);
};

/** I7: one failure causes a bounded number of token requests. */
const bounded: Invariant = ({ tokenRequests }, performed) => {
  for (const { operation, from, to } of performed) {
    if (operation.op !== 'fault') continue;
    const sent = tokenRequests.filter(({ seq }) => seq > from && seq < to);
    if (sent.length > MOST_REQUESTS) {
      return violation(
        'I7',
        `${String(sent.length)} token requests followed one failure (${operation.fault}); at most ${String(MOST_REQUESTS)} were expected`,
        sent.map(({ seq }) => seq),
      );
    }
  }
  return undefined;
};

/** I8: every call ends, and every undisturbed call succeeds. */
const callsEnd: Invariant = (scenario, performed) => {
  const stuck = [...died(scenario), ...hung(scenario)];
  if (stuck.length > 0) return violation('I8', 'a call never ended, or the client crashed', stuck);
  let excused: Violation | undefined;
  for (const { operation, from, to } of performed) {
    if (operation.op !== 'call' && operation.op !== 'refresh') continue;
    const wrong = callsLeft(tallyCalls(scenario, scenario.between(from, to)));
    if (wrong === undefined || !familyLives(scenario, from) || asked(scenario, from)) continue;
    if (scenario.refreshes.some((one) => one.seq > from && one.seq < to && presentsLost(scenario, one))) continue;
    const shared = fromMemory(scenario, from, to);
    if (shared.length === 0) {
      return violation('I8', `while no fault was active, ${wrong.message.replace(/\.$/u, '')}`, [
        ...wrong.evidence,
        from,
      ]);
    }
    excused ??= {
      ...violation(
        'I8',
        'calls failed with the access token of a response without a refresh token, which the client shared for longer than the access token was valid in this run',
        [...wrong.evidence, ...shared],
      ),
      cause: 'token-kept-without-new',
    };
  }
  return excused;
};

/** Returns whether the API answered any call with success; without one, the soak shows nothing. */
export const anyServed = (scenario: ScenarioHistory, performed: readonly PerformedOperation[]): boolean =>
  performed.some(({ from, to }) => {
    const tally = tallyCalls(scenario, scenario.between(from, to));
    return callsLeft(tally) === undefined && tally.answered.length > 0;
  });

/** Returns whether a refresh sends a token whose successor was lost in transit: it cannot succeed. */
function presentsLost({ refreshes }: ScenarioHistory, one: Refresh): boolean {
  return refreshes.some(
    ({ seq, facts, response }) =>
      seq < one.seq &&
      facts.refreshToken?.label === one.facts.refreshToken?.label &&
      response?.issued?.refreshToken !== undefined &&
      response.delivered !== 'complete',
  );
}

/** Returns the events between two others at which the client reused the answer of the last refresh. */
function fromMemory(scenario: ScenarioHistory, from: number, to: number): readonly number[] {
  const last = scenario.refreshes.findLast(({ seq, response }) => seq < from && response?.status === 200);
  return last === undefined ? [] : sharedAnswer(scenario.between(from, to), last);
}

/** Returns whether the newest family was valid at that event. */
function familyLives(scenario: ScenarioHistory, at: number): boolean {
  const before = scenario.of('family').filter(({ seq }) => seq < at);
  const newest = before.findLast(({ change }) => change === 'created');
  return newest !== undefined && !before.some(({ family, change }) => family === newest.family && change === 'revoked');
}

/** Returns whether the client had asked for a login since its last one. */
function asked(scenario: ScenarioHistory, at: number): boolean {
  const ends = scenario.of('verb-end').filter(({ seq }) => seq < at);
  const isLogin = ({ name, result }: EventOf<'verb-end'>): boolean => name === 'authorize' && result === 'ok';
  return ends.slice(ends.findLastIndex(isLogin) + 1).some(({ reauthorize }) => reauthorize === true);
}

const INVARIANTS = [noReuse, noOverlap, lostOnce, deadIsDead, newestAccess, headStored, bounded, callsEnd];

/** Returns the violations of all invariants, earliest first. */
export function violations(scenario: ScenarioHistory, performed: readonly PerformedOperation[]): readonly Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(scenario, performed) ?? []).toSorted(
    (a, b) => (a.evidence[0] ?? 0) - (b.evidence[0] ?? 0),
  );
}
