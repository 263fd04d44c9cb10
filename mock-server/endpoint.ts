/** Defines endpoints, and the order around their answers: gates, faults, the answer, gates, faults. */
import type { MockContext } from './context.ts';
import type { FaultTarget } from './faults/fault.ts';
import type { GatePoint } from './mock.ts';
import type { Exchange } from './recorder/exchange.ts';
import type { Reply } from './reply.ts';

/** The parts that hold and disturb exchanges. */
type Stimuli = Pick<MockContext, 'gates' | 'faults'>;

/** An endpoint of the mock: how it answers, and how gates and faults see its requests. */
export interface Endpoint<Context extends Stimuli = MockContext> {
  /** Answers a request. Whatever the answer promises is committed when it resolves.
   * @param how `rotates` false: answer a refresh like an app without rotation */
  readonly answer: (exchange: Exchange, context: Context, how: { readonly rotates: boolean }) => Reply | Promise<Reply>;
  /** Describes a request for gates and faults; undefined or absent when none apply. */
  readonly arrival?: (exchange: Exchange, context: Context) => Arrival | undefined;
}

/** A request as gates and faults see it. */
export interface Arrival {
  readonly target: FaultTarget;
  /** Gate that may hold it before it is processed. */
  readonly gate?: GatePoint;
  /** Label of the token that it carries. */
  readonly token?: string | undefined;
  /** Whether it continues a login: faults that replace answers applied at its first request. */
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
