/** Describes evidence line by line: each exchange once, whichever of its events a check cites. */
import { describeAnswer, describeEvent, describeRequest } from './describe.ts';
import type { Trail } from './trail.ts';

/** One line of evidence, made by `evidenceOf` for pages and summaries. */
export interface EvidenceLine {
  /** Event numbers; the first is the target of a link. */
  readonly seqs: readonly number[];
  readonly asked: string;
  /** Undefined for an event that is not an exchange. */
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
