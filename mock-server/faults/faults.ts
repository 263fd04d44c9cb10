/** Keeps armed faults and applies them. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { ArmedFault, FaultOptions } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { headerOf, type Reply } from '../reply.ts';
import { FAULTS } from './catalogue.ts';
import type { Fault, FaultTarget } from './fault.ts';

/** The faults of one mock; made by `createFaults`. */
export interface Faults {
  /** Arms a fault.
   * @throws RangeError when there is no fault of that id. */
  inject(options: FaultOptions): ArmedFault;
  /** Disarms every fault. */
  reset(): void;
  /** Call it before a request is processed. With a `reply`, send only that; `rotates` says how a refresh is answered. */
  before(target: FaultTarget, exchange: Exchange): { readonly reply: Reply } | { readonly rotates: boolean };
  /** Call it once the answer is decided. Returns the answer to send. A refusal is returned unchanged, because it has committed nothing. */
  after(target: FaultTarget, exchange: Exchange, reply: Reply): Reply;
  /** Returns the faults that will still fire, oldest first. */
  armed(): readonly ArmedFault[];
  readonly catalogue: readonly CatalogueEntry[];
}

/** What faults need of their mock. */
export interface FaultsParts {
  readonly record: (body: EventBody) => Event;
}

interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly target: FaultTarget;
  readonly phase: Fault['phase'];
}

interface Armed {
  readonly fault: Fault;
  readonly options: FaultOptions;
  fired: number;
  /** Numbers of the exchanges to which it applies once they are answered. */
  readonly prepared: Set<number>;
  readonly first: PromiseWithResolvers<undefined>;
}

const strikes = ({ fault, options }: Armed, target: FaultTarget): boolean => {
  const on = options.on ?? fault.on;
  return on === target || (on === 'token' && (target === 'refresh' || target === 'code'));
};

const left = ({ options, fired, prepared }: Armed): number => (options.times ?? 1) - fired - prepared.size;

/** Creates the faults of one mock. The oldest matching fault applies; one fault for each exchange and phase. */
export function createFaults({ record }: FaultsParts): Faults {
  const armed = new Set<Armed>();

  function event(one: Armed, action: 'armed' | 'fired' | 'disarmed', exchange?: Exchange): void {
    record({ kind: 'fault', fault: one.fault.id, action, ...(exchange ? { exchange: exchange.number } : {}) });
  }

  function disarm(one: Armed): void {
    if (!armed.delete(one)) return;
    event(one, 'disarmed');
  }

  /** @throws RangeError when there is no fault of that id. */
  function arm(options: FaultOptions): Armed {
    const fault = FAULTS.get(options.fault);
    if (!fault)
      throw new RangeError(`there is no fault "${options.fault}"; there are: ${[...FAULTS.keys()].join(', ')}`);
    const one: Armed = { fault, options, fired: 0, prepared: new Set(), first: Promise.withResolvers() };
    armed.add(one);
    return one;
  }

  const shown = (one: Armed): ArmedFault => ({
    id: one.fault.id,
    on: one.options.on ?? one.fault.on,
    get fired() {
      return one.fired;
    },
    first: one.first.promise,
    disarm: () => {
      disarm(one);
    },
  });

  /** Counts and records an application of a fault. */
  function strike(one: Armed, exchange: Exchange): void {
    one.prepared.delete(exchange.number);
    one.fired += 1;
    event(one, 'fired', exchange);
    one.first.resolve(undefined);
    if (one.fired >= (one.options.times ?? 1)) armed.delete(one);
  }

  return {
    catalogue: [...FAULTS.values()].map(({ id, title, on, phase }) => ({ id, title, phase, target: on })),
    armed: () => [...armed].map(shown),

    inject(options) {
      const one = arm(options);
      event(one, 'armed');
      return shown(one);
    },

    reset() {
      for (const one of [...armed]) disarm(one);
    },

    before(target, exchange) {
      const matching = [...armed].filter((one) => strikes(one, target) && left(one) > 0);
      for (const one of matching) {
        const { fault, options } = one;
        if (fault.phase !== 'before') continue;
        strike(one, exchange);
        return { reply: { ...fault.reply(exchange, options.with ?? {}), fault: fault.id } };
      }
      const later = matching.find(({ fault }) => withoutRotation(fault));
      if (later === undefined) return { rotates: true };
      later.prepared.add(exchange.number);
      void exchange.ended.then(() => later.prepared.delete(exchange.number));
      return { rotates: false };
    },

    after(target, exchange, reply) {
      const callback = target !== 'authorize' || URL.canParse(headerOf(reply, 'location') ?? '');
      if (reply.status >= 400 || !callback) return reply;
      for (const one of armed) {
        const { fault, options, prepared } = one;
        if (fault.phase !== 'after' || !strikes(one, target)) continue;
        if (!(withoutRotation(fault) ? prepared.has(exchange.number) : left(one) > 0)) continue;
        strike(one, exchange);
        return { ...fault.change(reply, exchange, options.with ?? {}), fault: fault.id };
      }
      return reply;
    },
  };
}

const withoutRotation = (fault: Fault): boolean => fault.phase === 'after' && fault.withoutRotation === true;
