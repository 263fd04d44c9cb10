/** Makes the calls of a client meet: all 401s and all refreshes wait until everyone has arrived. */
import type { Control, Held } from '../../mock-server/mock.ts';
import type { RecordedExchange } from './exchanges.ts';
import type { Recording } from './recording.ts';

/** Options of `race`. */
export interface RaceOptions<T> {
  /** How many calls start at once. */
  readonly calls: number;
  /** Makes one call of the client; gets the number of the call, from 0. */
  readonly of: (call: number) => Promise<T> | T;
  /** The order in which refreshes are let through, as positions in order of arrival. Default: drawn from the seed of the mock. */
  readonly order?: readonly number[];
  /** How long nothing may arrive before the race is opened, in milliseconds. Default 300. */
  readonly quietMs?: number;
}

/** What happened in a race. */
export interface RaceResult<T> {
  /** Of the calls, in the order in which they were started. */
  readonly results: readonly PromiseSettledResult<T>[];
  /** The refresh requests of the race, in order of arrival. */
  readonly refreshes: readonly RecordedExchange[];
  /** The order in which they were let through, as positions in `refreshes`. */
  readonly order: readonly number[];
}

/** What a race needs of the mock it is run against. */
export interface RacePlace {
  readonly control: Control;
  readonly recording: Recording;
  /** The refreshes that were recorded since an event number. */
  readonly refreshesSince: (seq: number) => readonly RecordedExchange[];
  /** A number from 0 to 1 from the seed of the mock. */
  readonly random: () => number;
}

/**
 * Expires the sessions, starts the calls, holds their 401s and then their refreshes until all have arrived, and lets the refreshes through in
 * order: the first is answered only after the others were (facts on races: a token in use is "already being processed").
 */
export async function race<T>(place: RacePlace, options: RaceOptions<T>): Promise<RaceResult<T>> {
  const { control, recording } = place;
  const { calls, of, quietMs = 300 } = options;
  const before = recording.part;
  const [first] = recording.events.slice(-1);
  if (before === 'plain') recording.phase('chain');
  recording.enter('race');
  recording.phase('herd');
  control.expireAccessTokens();
  const denied = control.hold({ point: 'resource-denied' });
  const requests = control.hold({ point: 'refresh-request' });
  const answers = control.hold({ point: 'refresh-answer', limit: 1 });
  const pending = Promise.all(Array.from({ length: calls }, (_, call) => recordedCall(recording, call, of)));
  const over = pending.then((): readonly Held[] => []);
  try {
    await Promise.race([denied.settled(calls, quietMs), requests.settled(calls, quietMs), over]);
    denied.close();
    const held = await Promise.race([requests.settled(calls, quietMs), over]);
    const order = options.order ?? shuffled(held.length, place.random);
    const [winner, ...losers] = order.flatMap((at) => held[at] ?? []);
    winner?.open();
    if (winner !== undefined) await Promise.race([answers.settled(1, quietMs), winner.ended, over]);
    for (const loser of losers) loser.open();
    await Promise.race([Promise.all(losers.map(({ ended }) => ended)), over]);
    requests.close();
    answers.close();
    const results = await pending;
    recording.phase('later');
    return { results, refreshes: place.refreshesSince(first?.event.seq ?? 0), order: order.slice(0, held.length) };
  } finally {
    for (const gate of [denied, requests, answers]) gate.close();
    recording.enter(before);
  }
}

/** Writes the begin and the end of a call into the history, as a driver does. */
async function recordedCall<T>(
  recording: Recording,
  call: number,
  of: (call: number) => Promise<T> | T,
): Promise<PromiseSettledResult<T>> {
  const where = { name: 'call', process: 'P1', user: 'U1' } as const;
  const verb = recording.nextAction();
  recording.record({ kind: 'verb-begin', verb, ...where });
  const [result] = await Promise.allSettled([(async () => of(call))()]);
  recording.record({
    kind: 'verb-end',
    verb,
    name: 'call',
    process: 'P1',
    result: result.status === 'fulfilled' ? 'ok' : 'failed',
  });
  return result;
}

function shuffled(length: number, random: () => number): readonly number[] {
  const order = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
