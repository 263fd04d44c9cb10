/** Joins histories of several runs into one: renumbers events and labels and every reference to them. Pure. */
import type { Event } from '../history/event.ts';

/** The events of one shard to keep, and those that are replaced by another shard's copy. */
export interface Part {
  readonly events: readonly Event[];
  readonly keep: (event: Event) => boolean;
}

type Loose = Record<string, unknown>;

/** Matches labels of secrets and families: `RT#3`, `F#2`. */
const LABEL = /\b(RT|AT|CODE|VERIFIER|CHALLENGE|STATE|NONCE|IDTOKEN|VALUE|F)#(\d+)\b/gu;

/** Returns the events in the order of the parts: `seq` counts from 1 without gaps, `t` and `begunAt` continue. `prev` is not valid yet. */
export function renumber(parts: readonly Part[]): readonly Event[] {
  const joined: Event[] = [];
  const shift = { t: 0, exchange: 0, connection: 0, labels: new Map<string, number>() };
  const standIns = new Map<string, number>();
  for (const { events, keep } of parts) {
    const kept = events.filter(keep);
    const seqs = new Map(kept.map((event, index) => [event.seq, joined.length + index + 1]));
    count(kept, (key, { seq }) => standIns.set(key, seqs.get(seq) ?? 1));
    const left = events.filter((event) => !keep(event));
    count(left, (key, { seq }) => seqs.set(seq, standIns.get(key) ?? 1));
    const most = highest(events);
    for (const event of kept) joined.push(moved(event, seqs, shift));
    shift.t += events.at(-1)?.t ?? 0;
    shift.exchange += most.exchange;
    shift.connection += most.connection;
    for (const [kind, number] of most.labels) shift.labels.set(kind, (shift.labels.get(kind) ?? 0) + number);
  }
  return joined;
}

type Shift = ReturnType<typeof highest> & { readonly t: number };

function moved(event: Event, seqs: ReadonlyMap<number, number>, shift: Shift): Event {
  const labelled = JSON.stringify(event).replace(
    LABEL,
    (_, kind: string, number: string) => `${kind}#${Number(number) + (shift.labels.get(kind) ?? 0)}`,
  );
  const copy = JSON.parse(labelled) as Loose;
  copy['seq'] = seqs.get(event.seq);
  copy['t'] = later(event.t, shift.t);
  if (typeof copy['begunAt'] === 'number') copy['begunAt'] = later(copy['begunAt'], shift.t);
  if (typeof copy['exchange'] === 'number') copy['exchange'] += shift.exchange;
  if (typeof copy['connection'] === 'string') {
    copy['connection'] = copy['connection'].replace(/\d+$/u, (number) => String(Number(number) + shift.connection));
  }
  if (event.kind === 'visit' && event.verb !== undefined) copy['verb'] = seqs.get(event.verb) ?? event.verb;
  if (event.kind === 'request') redirect(copy['facts'], seqs);
  return copy as unknown as Event;
}

/** Renumbers the references of facts to earlier requests. */
function redirect(facts: unknown, seqs: ReadonlyMap<number, number>): void {
  if (typeof facts !== 'object' || facts === null) return;
  const holder = facts as Loose;
  for (const [key, value] of Object.entries(holder)) {
    if ((key === 'seenBefore' || key === 'login') && typeof value === 'number') holder[key] = seqs.get(value) ?? value;
    else if (key === 'matches' && Array.isArray(value)) {
      holder[key] = value.map((seq: unknown) => (typeof seq === 'number' ? (seqs.get(seq) ?? seq) : seq));
    } else redirect(value, seqs);
  }
}

/** Counts events by kind and scenario: the n-th event of a kind corresponds to the n-th of the other copies. */
function count(events: readonly Event[], remember: (key: string, event: Event) => void): void {
  const numbers = new Map<string, number>();
  for (const event of events) {
    const key = `${event.scenario}\n${event.kind}`;
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    remember(`${key}\n${number}`, event);
  }
}

function highest(events: readonly Event[]) {
  const most = { exchange: 0, connection: 0, labels: new Map<string, number>() };
  for (const event of events) {
    if ('exchange' in event) most.exchange = Math.max(most.exchange, event.exchange ?? 0);
    if (event.kind === 'request') {
      most.connection = Math.max(most.connection, Number(/\d+$/u.exec(event.connection)?.[0] ?? 0));
    }
    for (const [, kind = '', number = ''] of JSON.stringify(event).matchAll(LABEL)) {
      most.labels.set(kind, Math.max(most.labels.get(kind) ?? 0, Number(number)));
    }
  }
  return most;
}

function later(t: number, by: number): number {
  return Math.round((t + by) * 1000) / 1000;
}
