/** Finds the client process that an exchange came from, as far as its connection shows it. */
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';

/** Remedy for clients whose processes refresh concurrently: a promise in memory is visible to one process only. */
export const ACROSS_PROCESSES =
  'Guard the refresh with a lock that all processes share (a lock file, a row lock). Read the store again once you hold it, because another process may have refreshed, and release it only after the new tokens are stored.';

/** Returns the ids of the processes that an exchange may have come from. One id is certain; an empty list is unknown. */
export type Origins = (exchange: ExchangeRecord) => readonly string[];

/** Assigns exchanges to processes by their connection: to the process that was running during all exchanges of the connection, or to the
 * one whose login redeemed its code on it. */
export function originsOf(scenario: ScenarioHistory): Origins {
  const lives = livesIn(scenario);
  const connections = Map.groupBy(scenario.exchanges, ({ request }) => request.connection);
  const known = new Map<string, readonly string[]>();
  const ofConnection = (connection: string): readonly string[] => {
    const alive = connections.get(connection) ?? [];
    return [...lives].filter(([, life]) => alive.every(life)).map(([process]) => process);
  };
  for (const connection of connections.keys()) known.set(connection, ofConnection(connection));
  for (const { request, facts } of scenario.codeExchanges) {
    const process = loginAt(scenario, facts.code?.login ?? undefined);
    if (process !== undefined) known.set(request.connection, [process]);
  }
  return ({ request }) => known.get(request.connection) ?? [];
}

/** Returns whether two exchanges certainly came from one process: on one connection, or while no other process ran. */
export function sameOrigin(origins: Origins, one: ExchangeRecord, other: ExchangeRecord): boolean {
  if (one.request.connection === other.request.connection) return true;
  const [first, second] = [origins(one), origins(other)];
  return first.length <= 1 && second.length <= 1 && first[0] === second[0];
}

/** Returns whether exchanges may have come from several processes. */
export function severalOrigins(origins: Origins, exchanges: readonly ExchangeRecord[]): boolean {
  return new Set(exchanges.flatMap((one) => origins(one))).size > 1;
}

type Life = (exchange: ExchangeRecord) => boolean;

/** Returns when each process of the client was running; one that the harness did not start was running from the beginning. */
function livesIn(scenario: ScenarioHistory): ReadonlyMap<string, Life> {
  const started = scenario.of('process-begin');
  const processes = new Set((started.length > 0 ? started : scenario.of('verb-begin')).map(({ process }) => process));
  return new Map(
    [...processes].map((process) => {
      const begins = started.filter((event) => event.process === process);
      const ends = scenario.of('process-end').filter((event) => event.process === process);
      const from = begins[0]?.seq ?? 0;
      const to = ends.at(-1);
      const until = to === undefined || (begins.at(-1)?.seq ?? 0) > to.seq ? Infinity : to.seq;
      return [process, ({ seq }: ExchangeRecord) => seq > from && seq < until] as const;
    }),
  );
}

/** Returns the process whose login was the only open one when the authorization request arrived. */
function loginAt(scenario: ScenarioHistory, authorization: number | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const open = scenario.actions.filter(
    ({ begin, end, seq }) =>
      begin.name === 'authorize' && seq < authorization && (end === undefined || end.seq > authorization),
  );
  return open.length === 1 ? open[0]?.begin.process : undefined;
}
