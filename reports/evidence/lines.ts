/** Evidence as lines that people read: an exchange once, whichever of its events a check named. */
import { describeAnswer, describeEvent, describeRequest } from './describe.ts';
import type { Trail } from './trail.ts';

export interface EvidenceLine {
  /** Event numbers, the one to go to first. */
  readonly seqs: readonly number[];
  readonly asked: string;
  /** Undefined for what is not an exchange. */
  readonly answered: string | undefined;
}

/** Returns the lines for event numbers, in their order. */
export function evidenceOf(seqs: readonly number[], trail: Trail): readonly EvidenceLine[] {
  const things = Map.groupBy(seqs, (seq) => trail.exchangeOf(seq)?.request.seq ?? seq);
  return [...things].map(([first, all]): EvidenceLine => {
    const exchange = trail.exchangeOf(first);
    if (exchange !== undefined)
      return { seqs: [first, ...all], asked: describeRequest(exchange.request), answered: describeAnswer(exchange) };
    const event = trail.event(first);
    const asked = event === undefined ? 'an event that this history does not hold' : describeEvent(event);
    return { seqs: all, asked, answered: undefined };
  });
}
