/** Faults that are armed, and when they strike. */
import type { Context } from 'koa';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { ArmedFault, FaultOptions } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { FAULTS } from './catalogue.ts';
import type { Fault, FaultTarget } from './fault.ts';

export interface Faults {
  /** Arms a fault.
   * @throws RangeError when there is no fault of that id. */
  inject(options: FaultOptions): ArmedFault;
  /** Disarms every fault. */
  reset(): void;
  /** To be called before the request is looked at. True when a fault has answered: nothing else may be done. */
  before(target: FaultTarget, exchange: Exchange, ctx: Context): Promise<boolean>;
  /** To be called once the answer stands in `ctx`, before its first byte. A refusal has committed nothing: it is left as it is. */
  after(target: FaultTarget, exchange: Exchange, ctx: Context): Promise<void>;
  /** Those that still strike, oldest first. */
  armed(): readonly ArmedFault[];
  readonly catalogue: readonly CatalogueEntry[];
}

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
  /** Exchanges that it prepared and has not yet struck. */
  readonly prepared: Set<number>;
  readonly first: PromiseWithResolvers<undefined>;
}

const strikes = ({ fault, options }: Armed, target: FaultTarget): boolean => {
  const on = options.on ?? fault.on;
  return on === target || (on === 'token' && (target === 'refresh' || target === 'code'));
};

const left = ({ options, fired, prepared }: Armed): number => (options.times ?? 1) - fired - prepared.size;

/** All faults of one mock. The oldest armed fault that matches strikes; one fault an exchange and phase. */
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

  async function strike(one: Armed, exchange: Exchange, ctx: Context): Promise<void> {
    const { fault, options } = one;
    one.prepared.delete(exchange.number);
    one.fired += 1;
    exchange.fault = fault.id;
    event(one, 'fired', exchange);
    one.first.resolve(undefined);
    if (one.fired >= (options.times ?? 1)) armed.delete(one);
    await fault.apply(ctx, exchange, options.with ?? {});
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

    async before(target, exchange, ctx) {
      const matching = [...armed].filter((one) => strikes(one, target) && left(one) > 0);
      const now = matching.find(({ fault }) => fault.phase === 'before');
      if (now) {
        await strike(now, exchange, ctx);
        return true;
      }
      const later = matching.find(({ fault }) => fault.prepare);
      if (later) {
        later.fault.prepare?.(exchange);
        later.prepared.add(exchange.number);
        void exchange.ended.then(() => later.prepared.delete(exchange.number));
      }
      return false;
    },

    async after(target, exchange, ctx) {
      if (ctx.status >= 400) return;
      const one = [...armed].find(
        (candidate) =>
          candidate.fault.phase === 'after' &&
          strikes(candidate, target) &&
          (candidate.fault.prepare ? candidate.prepared.has(exchange.number) : left(candidate) > 0),
      );
      if (one) await strike(one, exchange, ctx);
    },
  };
}
