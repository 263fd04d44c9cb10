/** Makes the calls of a client contend: all 401s, then all refreshes are held until all have arrived. */
import type { Control, Gate, Held } from '../../mock-server/mock.ts';
import { shuffled } from '../schedules/schedule.ts';
import type { RecordedExchange } from './exchanges.ts';
import type { Recording } from './recording.ts';

/** Options of `race`. */
export interface RaceOptions<T> {
  /** Number of concurrent calls. */
  readonly calls: number;
  /** Makes one call of the client, given its number from 0. */
  readonly of: (call: number) => Promise<T> | T;
  /** Order in which refreshes are released, as positions in order of arrival. Default: random from a fixed seed. */
  readonly order?: readonly number[];
  /** Milliseconds without an arrival after which the race is released. Default: 300. */
  readonly quietMs?: number;
}

/** The result of a race. */
export interface RaceResult<T> {
  /** Results of the calls in the order in which they were started. */
  readonly results: readonly PromiseSettledResult<T>[];
  /** The refresh requests of the race, in order of arrival. */
  readonly refreshes: readonly RecordedExchange[];
  /** Order in which they were released, as positions in `refreshes`. */
  readonly order: readonly number[];
}

/** The parts of a mock that a race needs. */
export interface RacePlace {
  readonly control: Control;
  readonly recording: Recording;
  /** Returns the refreshes recorded since an event number. */
  readonly refreshesSince: (seq: number) => readonly RecordedExchange[];
  /** Returns a number in [0, 1) from a fixed seed. */
  readonly random: () => number;
}

/** The settings of a race that do not depend on who makes the calls. */
export interface RaceSettings extends Pick<RaceOptions<unknown>, 'calls' | 'order' | 'quietMs'> {
  /** Whether the user has confirmed what it may do to a user of a real org. */
  readonly confirmed?: boolean | undefined;
}

/** A race that waits for the calls of a client. */
export interface OpenRace {
  /** Ends the race after the calls have ended: releases held requests and resolves with the result. */
  end(): Promise<Omit<RaceResult<unknown>, 'results'>>;
}

/** Expires the sessions, starts the calls, and holds their 401s and then their refreshes until all have arrived. Releases the refreshes in
 * order: the first one is answered after the others, because a token in use is "already being processed". */
export async function race<T>(place: RacePlace, { of, ...settings }: RaceOptions<T>): Promise<RaceResult<T>> {
  const { recording } = place;
  const opened = openRace(place, settings);
  const calls = Array.from({ length: settings.calls }, (_, call) => recordedCall(recording, call, of));
  const results = await Promise.all(calls);
  return { results, ...(await opened.end()) };
}

/** Expires the sessions and creates the gates of a race; calls that start from now on are part of it. */
export function openRace(place: RacePlace, { calls, order, quietMs = 300, confirmed }: RaceSettings): OpenRace {
  const { control, recording, random } = place;
  // First, because it may be refused before anything is changed.
  const requests = control.hold({ point: 'refresh-request', confirmed });
  const before = recording.part;
  const from = recording.events.at(-1)?.event.seq ?? 0;
  if (before === 'plain') recording.phase('chain');
  recording.enter('race');
  recording.phase('herd');
  control.expireAccessTokens();
  const denied = control.hold({ point: 'resource-denied' });
  const answers = control.hold({ point: 'refresh-answer', limit: 1, confirmed });
  const over = Promise.withResolvers<readonly Held[]>();

  const conduct = async (): Promise<readonly number[]> => {
    const request = arrival(requests);
    const first = await Promise.race([arrival(denied), request, over.promise]);
    if ('settled' in first) await Promise.race([first.settled(calls, quietMs), over.promise]);
    denied.close();
    await Promise.race([request, over.promise]);
    const held = await Promise.race([requests.settled(calls, quietMs), over.promise]);
    const chosen = (order ?? shuffled(held.length, random)).filter((at) => held[at] !== undefined);
    const [winner, ...losers] = chosen.flatMap((at) => held[at] ?? []);
    winner?.open();
    if (winner !== undefined) await Promise.race([answers.settled(1, quietMs), winner.ended, over.promise]);
    for (const loser of losers) loser.open();
    await Promise.race([Promise.all(losers.map(({ ended }) => ended)), over.promise]);
    return chosen;
  };
  const close = (): void => {
    for (const gate of [denied, requests, answers]) gate.close();
  };
  const conducted = conduct().finally(close);
  return {
    async end() {
      over.resolve([]);
      const chosen = await conducted;
      if (recording.part === 'race') {
        recording.phase('later');
        recording.enter(before);
      }
      return { refreshes: place.refreshesSince(from), order: chosen };
    },
  };
}

/** Resolves with the gate when a request is held there; never for a gate that is closed before. */
async function arrival(gate: Gate): Promise<Gate> {
  await gate.next();
  return gate;
}

/** Records the begin and the end of a call, as a driver does. */
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
