/** What an endpoint is, and the order of things around its answer: gates, faults, the answer, gates, faults. */
import type { MockContext } from './context.ts';
import type { FaultTarget } from './faults/fault.ts';
import type { GatePoint } from './mock.ts';
import type { Exchange } from './recorder/exchange.ts';
import type { Reply } from './reply.ts';

/** What holds and breaks exchanges. */
type Stimuli = Pick<MockContext, 'gates' | 'faults'>;

export interface Endpoint<Context extends Stimuli = MockContext> {
  /**
   * Answers a request. What the answer promises is committed when it resolves.
   *
   * @param how `rotates` false: a refresh must be answered as by an app without rotation
   */
  readonly answer: (exchange: Exchange, context: Context, how: { readonly rotates: boolean }) => Reply | Promise<Reply>;
  /** Says what gates and faults call a request; undefined (or absent): nothing holds or breaks it. */
  readonly arrival?: (exchange: Exchange, context: Context) => Arrival | undefined;
}

/** A request as gates and faults see it. */
export interface Arrival {
  readonly target: FaultTarget;
  /** Where it may be held before it is looked at. */
  readonly gate?: GatePoint;
  /** Label of the token that it carries. */
  readonly token?: string | undefined;
  /** True: it continues a login, and faults that replace answers had their chance at its first request. */
  readonly continues?: boolean;
}

/** Answers a request. `decided` takes the answer before gates hold it. */
export async function answerAt<Context extends Stimuli>(
  { answer, arrival }: Endpoint<Context>,
  exchange: Exchange,
  context: Context,
  decided: (reply: Reply) => void,
): Promise<Reply> {
  const { gates, faults } = context;
  const at = arrival?.(exchange, context);
  if (at === undefined) return answer(exchange, context, { rotates: true });
  const { target, gate, token } = at;
  if (gate !== undefined) await gates.pass(gate, exchange, token);
  const struck = at.continues === true ? { rotates: true } : faults.before(target, exchange);
  if ('reply' in struck) return struck.reply;
  const reply = await answer(exchange, context, struck);
  decided(reply);
  for (const point of reply.gates ?? []) await gates.pass(point, exchange, token);
  return faults.after(target, exchange, reply);
}
