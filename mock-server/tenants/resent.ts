/**
 * Requests that come again under their name because an instance died: whoever owned their tenant, or whoever handed them on. One that stood at a gate,
 * or was struck by a fault that takes its time, goes on from there: to the history it is one request.
 */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Response } from '../../src/history/event.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { isReadyAt, type Parked, type ReadyAnswer } from '../recorder/parked.ts';
import type { Park, Resent, Resumption } from '../recorder/resent.ts';
import type { Remember } from './entry.ts';
import type { Journal } from './journal.ts';

/** Whoever sends a request again does it at once; a machine that is busy may need this long. */
export const AGAIN_MS = 5_000;

const MOST_CUT = 1_000;

/** An exchange that stood somewhere when its instance died. */
export type Awaited = Resumption & { readonly unanswered: Response };

/** How a request came; undefined when nobody could send it again. */
export interface Named {
  readonly id: string;
  /** Another instance handed it on: that one may die, and says so when it is its client that left. */
  readonly handedOn: boolean;
}

export interface ResentRequests extends Resent {
  readonly park: Park;
  /** Resolves when an exchange that is awaited is over; undefined when it is not awaited. */
  readonly endOf: (exchange: number) => Promise<void> | undefined;
  /** Resolves when all that were awaited stand again, went on, or come no more: who stood together goes on together. */
  readonly gathered: Promise<unknown>;
  /** Resolves when nothing is being done for the request of this name. */
  still(id: string): Promise<void>;
  /** A fault broke the connection of this request off: it is broken off however often it comes. */
  wasCut(id: string): boolean;
  /** One of this name was received and has not ended. */
  knows(id: string): boolean;
  /** Its answer is kept. */
  answered(exchange: number): void;
  /** The client of a request that was handed on has left. */
  left(id: string): void;
}

export interface ResentParts {
  readonly nameOf: (request: IncomingMessage) => Named | undefined;
  readonly journal: Pick<Journal, 'record' | 'away' | 'back' | 'stands'>;
  readonly remember: Remember;
  readonly answerOf: (ctx: Context) => ReadyAnswer | undefined;
  readonly awaited: readonly Awaited[];
}

interface One extends Named {
  readonly known: Omit<Resumption, 'parked'>;
  /** Set while it stands. */
  parked?: Parked;
  /** Absent while it is awaited. */
  current?: Exchange;
  ctx?: Context;
  /** Where it stood before it came again, until it stands there again. */
  back?: string;
  /** Ends the wait for it to come again. */
  giveUp?: () => void;
  /** Resolves, and is another, whenever it goes on, stands or is answered. */
  stirred: PromiseWithResolvers<undefined>;
  answered: boolean;
  readonly over: PromiseWithResolvers<undefined>;
}

const spotOf = ({ at }: Pick<Parked, 'at'>) => (at.kind === 'gate' ? at.gate : `${at.fault} ${at.phase}`);

export function createResent({ nameOf, journal, remember, answerOf, awaited }: ResentParts): ResentRequests {
  const byId = new Map<string, One>();
  const byExchange = new Map<number, One>();
  const cut = new Set<string>();

  const add = (name: Named, known: One['known']): One => {
    const one: One = {
      ...name,
      known,
      ...{ stirred: Promise.withResolvers(), over: Promise.withResolvers(), answered: false },
    };
    byId.set(one.id, one);
    byExchange.set(known.number, one);
    return one;
  };
  const stir = (one: One) => {
    one.stirred.resolve(undefined);
    one.stirred = Promise.withResolvers();
  };
  const end = (one: One) => {
    if (byId.get(one.id) === one) byId.delete(one.id);
    byExchange.delete(one.known.number);
    one.over.resolve(undefined);
    stir(one);
  };
  /** Resolves when it came again, was answered, or comes no more. */
  const again = (one: One): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, AGAIN_MS);
      timer.unref();
      one.giveUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const gathering: Promise<undefined>[] = [];
  for (const { unanswered, parked, ...known } of awaited) {
    const one = add({ id: parked.id, handedOn: false }, known);
    one.parked = parked;
    journal.away(known.number);
    gathering.push(one.stirred.promise);
    void again(one).then(() => {
      if (one.current !== undefined) return;
      journal.record(unanswered);
      end(one);
    });
  }

  return {
    gathered: Promise.all(gathering),
    resume(request) {
      const one = byId.get(nameOf(request)?.id ?? '');
      if (one?.parked === undefined) return undefined;
      const { known, parked } = one;
      one.back = spotOf(parked);
      delete one.parked;
      journal.back(known.number);
      return { ...known, parked };
    },
    began(exchange, ctx) {
      const name = nameOf(ctx.req);
      if (name === undefined) return;
      const { number, seq, connection, facts } = exchange;
      const one = byExchange.get(number) ?? add(name, { number, seq, connection, facts });
      one.current = exchange;
      one.ctx = ctx;
      one.giveUp?.();
    },
    park(exchange, at) {
      const one = byExchange.get(exchange.number);
      if (one?.ctx === undefined || one.current !== exchange) return () => undefined;
      const answer = isReadyAt(at) ? answerOf(one.ctx) : undefined;
      const resumable = answer !== undefined || !isReadyAt(at);
      const { issued, error, errorDescription, deniedBy } = exchange;
      const written = {
        ...(issued && { issued }),
        ...(error !== undefined && { error }),
        ...(errorDescription !== undefined && { errorDescription }),
        ...(deniedBy !== undefined && { deniedBy }),
      };
      const ready = answer && { answer, written };
      const parked: Parked = { exchange: exchange.number, id: one.id, at, ...(ready && { ready }) };
      if (resumable) {
        one.parked = parked;
        remember(['parked', parked]);
      }
      // Of one that stands where it stood before there is no line that says so.
      if (one.back === spotOf(parked)) journal.stands(exchange.number);
      delete one.back;
      stir(one);
      return () => {
        if (one.current === exchange) delete one.parked;
      };
    },
    wanted: (exchange) => {
      const one = byExchange.get(exchange.number);
      return one?.handedOn === true && one.current === exchange;
    },
    dropped: ({ number }) => {
      journal.stands(number);
    },
    async ended(exchange, line) {
      const one = byExchange.get(exchange.number);
      if (one === undefined) return line;
      const waits = one.current === exchange && one.handedOn && !one.answered && line.delivered === 'aborted';
      if (waits) await again(one);
      if (one.current !== exchange) {
        await one.over.promise;
        return undefined;
      }
      if (exchange.delivered !== undefined) cut.add(one.id);
      for (const oldest of cut.size > MOST_CUT ? cut : []) {
        cut.delete(oldest);
        break;
      }
      end(one);
      return line;
    },
    endOf: (exchange) => byExchange.get(exchange)?.over.promise,
    wasCut: (id) => cut.has(id),
    knows: (id) => byId.has(id),
    async still(id) {
      for (let one = byId.get(id); one && !one.answered && one.parked === undefined; one = byId.get(id))
        await one.stirred.promise;
    },
    answered(exchange) {
      const one = byExchange.get(exchange);
      if (one === undefined) return;
      one.answered = true;
      one.giveUp?.();
      stir(one);
    },
    left(id) {
      const one = byId.get(id);
      if (one === undefined) return;
      (one as { handedOn: boolean }).handedOn = false;
      one.giveUp?.();
    },
  };
}
