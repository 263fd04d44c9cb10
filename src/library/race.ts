/** Makes the calls of a client meet: all 401s and all refreshes wait until all have arrived. */
import type { Control, Gate, Held } from '../../mock-server/mock.ts';
import type { RecordedExchange } from './exchanges.ts';
import type { Recording } from './recording.ts';

/** Options of `race`. */
export interface RaceOptions<T> {
  /** How many calls start at once. */
  readonly calls: number;
  /** Makes one call of the client; gets the number of the call, from 0. */
  readonly of: (call: number) => Promise<T> | T;
  /** The order in which refreshes are let through, as positions in order of arrival. Default: random, from a fixed seed. */
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
  /** Returns a number from 0 to 1, from a fixed seed. */
  readonly random: () => number;
}

/** How a race is set up, independent of who makes the calls. */
export interface RaceSettings extends Pick<RaceOptions<unknown>, 'calls' | 'order' | 'quietMs'> {
  /** A person has agreed to what it may do to a user of a real org. */
  readonly confirmed?: boolean | undefined;
}

/** A race that waits for the calls of a client. */
export interface OpenRace {
  /** Call it when the calls have ended: opens what is still held and resolves with what happened. */
  end(): Promise<Omit<RaceResult<unknown>, 'results'>>;
}

/**
 * Expires the sessions, starts the calls, holds their 401s and then their refreshes until all have arrived, and lets the refreshes through in
 * order: the first is answered only after the others were (facts on races: a token in use is "already being processed").
 */
export async function race<T>(place: RacePlace, { of, ...settings }: RaceOptions<T>): Promise<RaceResult<T>> {
  const { recording } = place;
  const opened = openRace(place, settings);
  const calls = Array.from({ length: settings.calls }, (_, call) => recordedCall(recording, call, of));
  const results = await Promise.all(calls);
  return { results, ...(await opened.end()) };
}

/** Expires the sessions and arms the gates of a race; calls that start from now on are part of it. */
export function openRace(place: RacePlace, { calls, order, quietMs = 300, confirmed }: RaceSettings): OpenRace {
  const { control, recording, random } = place;
  // First, because it may be refused: nothing is changed then.
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

/** Resolves with the gate when something is held there; a gate that is closed before holds nothing. */
async function arrival(gate: Gate): Promise<Gate> {
  await gate.next();
  return gate;
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
