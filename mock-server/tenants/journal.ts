/**
 * Gathers what changes in a tenant and keeps it before any answer leaves. A batch is cut only at a moment when no request is half done (but those
 * that stand at a gate or are slow on purpose): what was kept is whole, so a request whose instance died before its answer can be sent again as if
 * it had never come.
 */
import type { Event, EventBody, Response } from '../../src/history/event.ts';
import type { Entry } from './entry.ts';
import type { Batch, KeptAnswer } from './keeper.ts';

export interface Journal {
  record(body: EventBody): Event;
  remember(entry: Entry): void;
  /** To be waited for before a request is let in. */
  enter(): Promise<void>;
  /** Resolves when all that happened so far is kept. Rejects when this instance owns the tenant no longer. */
  settle(exchange: number, expected: Response, answer?: readonly [id: string, answer: KeptAnswer]): Promise<void>;
  /** The same for what is no exchange. */
  flush(answer?: readonly [id: string, answer: KeptAnswer]): Promise<void>;
  /** Nobody is there to go on with this exchange: opening its gate leaves nothing half done. */
  away(exchange: number): void;
  /** There is again: half done, until it stands or is answered. */
  back(exchange: number): void;
  /** It stands where it stood before. */
  stands(exchange: number): void;
  /** Another instance has the tenant: nothing more is kept. */
  lose(): void;
  /** Keeps what there is; nothing that comes later is kept. */
  end(): Promise<void>;
  readonly lost: boolean;
  readonly events: number;
  scenario: string;
}

export interface JournalOptions {
  /** Keeps a batch. False: the tenant belongs to another. Rejects when the store does not answer. */
  readonly keep: (batch: Batch) => Promise<boolean>;
  readonly now: () => number;
  /** Lines that there are already. */
  readonly events: number;
  readonly scenario: string;
  readonly onLost: () => void;
}

/** Nobody waits longer for others: a request that takes so long is not done by itself. */
const PATIENCE_MS = 5_000;
/** What nobody waits for is kept after so long. */
const IDLE_MS = 25;

const leaves = (body: EventBody): body is Extract<EventBody, { readonly exchange?: number }> =>
  body.kind === 'response' ||
  (body.kind === 'gate' && body.action === 'held') ||
  (body.kind === 'fault' && body.action === 'fired');

export class Lost extends Error {
  override readonly name = 'Lost';
  /** Another instance has the tenant; false: the store did not answer. */
  readonly toAnother: boolean;

  constructor(toAnother: boolean) {
    super('This instance owns the tenant no longer.');
    this.toAnother = toAnother;
  }
}

export function createJournal({ keep, now, events, scenario, onLost }: JournalOptions): Journal {
  let seq = events;
  let lines: string[] = [];
  let entries: Entry[] = [];
  let answers: (readonly [string, KeptAnswer])[] = [];
  let waiting: PromiseWithResolvers<undefined>[] = [];
  const halfDone = new Set<number>();
  const absent = new Set<number>();
  let door: PromiseWithResolvers<undefined> | undefined;
  let patience: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let lost = false;
  let toAnother = true;

  const lose = () => {
    if (lost) return;
    lost = true;
    onLost();
  };
  /** Nobody comes in until those who are inside are done; then what there is goes out as one batch. */
  const want = () => {
    door ??= Promise.withResolvers();
    patience ??= setTimeout(cut, PATIENCE_MS);
    if (halfDone.size === 0) cut();
  };
  const cut = () => {
    clearTimeout(patience);
    clearTimeout(idle);
    patience = idle = undefined;
    const batch = { lines, from: seq - lines.length + 1, entries, answers };
    const told = waiting;
    [lines, entries, answers, waiting] = [[], [], [], []];
    door?.resolve(undefined);
    door = undefined;
    writing = writing.then(async () => {
      const kept =
        !lost &&
        (batch.lines.length + batch.entries.length + batch.answers.length === 0 ||
          (await keep(batch).catch(() => (toAnother = false))));
      if (!kept) lose();
      for (const one of told) {
        if (kept) one.resolve(undefined);
        else one.reject(new Lost(toAnother));
      }
    });
  };
  const left = (exchange: number) => {
    if (halfDone.delete(exchange) && door !== undefined && halfDone.size === 0) cut();
  };
  const stir = () => {
    if (lost) return;
    idle ??= setTimeout(want, IDLE_MS);
  };

  return {
    record(body) {
      seq += 1;
      const { kind, ...rest } = body;
      const event = { seq, t: now(), scenario, kind, ...rest, prev: '' } as unknown as Event;
      const { prev: _link, ...line } = event;
      lines.push(JSON.stringify(line));
      if (body.kind === 'request') halfDone.add(body.exchange);
      // Whoever stands at a gate, or is slow on purpose, may stand there for long.
      if (body.kind === 'gate' && body.action === 'opened' && !absent.has(body.exchange ?? 0))
        halfDone.add(body.exchange ?? 0);
      if (leaves(body)) left(body.exchange ?? 0);
      stir();
      return event;
    },
    remember(entry) {
      entries.push(entry);
      stir();
    },
    async enter() {
      while (door !== undefined) await door.promise;
      if (lost) throw new Lost(toAnother);
    },
    settle(exchange, expected, answer) {
      entries.push(['answered', expected]);
      if (answer !== undefined) answers.push(answer);
      halfDone.delete(exchange);
      const told = Promise.withResolvers<undefined>();
      waiting.push(told);
      want();
      return told.promise;
    },
    flush(answer) {
      if (answer !== undefined) answers.push(answer);
      const told = Promise.withResolvers<undefined>();
      waiting.push(told);
      want();
      return told.promise;
    },
    away: (exchange) => void absent.add(exchange),
    back(exchange) {
      absent.delete(exchange);
      halfDone.add(exchange);
    },
    stands: left,
    lose,
    async end() {
      await this.flush().catch(() => undefined);
      lost = true;
    },
    get lost() {
      return lost;
    },
    get events() {
      return seq;
    },
    get scenario() {
      return scenario;
    },
    set scenario(id) {
      scenario = id;
      entries.push(['scenario', id]);
    },
  };
}
