/** Reads a `tokenIpRanges` element as addresses. Pure. */
import type { IpAllowlist } from '../../src/history/settings.ts';
import { parseAddress, type AddressRange } from './addresses.ts';

/** Returns the range from one address to a later one of the same family; undefined when the texts are no such addresses. */
export function rangeOf({ start, end }: IpAllowlist['ranges'][number]): AddressRange | undefined {
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (first === undefined || first.family !== last?.family || first.value > last.value) {
    return undefined;
  }
  return { family: first.family, first: first.value, last: last.value };
}
