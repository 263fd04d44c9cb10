/** Represents IP addresses as numbers: ranges, their sizes, and what they contain. Pure. */
import { isIP } from 'node:net';

/** An address of either family as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** All addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** How many addresses a family has. */
const ALL = { 4: 1n << 32n, 6: 1n << 128n } as const;

/** Returns the address that a text names (RFC 4291 §2.2); undefined when it names none, or one with a zone. */
export function parseAddress(text: string): Address | undefined {
  const family = isIP(text);
  if (family === 4) return { family, value: ipv4(text) };
  return family === 6 && !text.includes('%') ? { family, value: ipv6(text) } : undefined;
}

/** Returns the addresses of a network such as `203.0.113.0/28` (RFC 4632 §3.1), or of a single address; undefined for any other text. */
export function parseNetwork(text: string): AddressRange | undefined {
  const [name = '', length] = text.split('/');
  const address = parseAddress(name);
  if (address === undefined) return undefined;
  const { family, value } = address;
  const bits = family === 4 ? 32 : 128;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

/** Returns the ranges without overlaps, in order, IPv4 first. */
export function joined(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = ranges.toSorted((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const all: AddressRange[] = [];
  for (const range of sorted) {
    const before = all.at(-1);
    if (before?.family !== range.family || range.first > before.last + 1n) all.push(range);
    else if (range.last > before.last) all[all.length - 1] = { ...before, last: range.last };
  }
  return all;
}

/** Returns how many different addresses are in the ranges. */
export function countAddresses(ranges: readonly AddressRange[]): bigint {
  return joined(ranges).reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** Returns whether the ranges admit every address of one family: such a list restricts nothing. */
export function admitsAll(ranges: readonly AddressRange[]): boolean {
  return joined(ranges).some(({ family, first, last }) => last - first + 1n === ALL[family]);
}

/** Returns whether every address of `range` is in `ranges`. */
export function covers(ranges: readonly AddressRange[], range: AddressRange): boolean {
  return joined(ranges).some(
    ({ family, first, last }) => family === range.family && first <= range.first && range.last <= last,
  );
}

function ipv4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) + BigInt(part), 0n);
}

function ipv6(text: string): bigint {
  // The last 32 bits of an IPv6 address may be written as an IPv4 address.
  const tail = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(text)?.[0];
  const low = tail === undefined ? 0n : ipv4(tail);
  const plain =
    tail === undefined
      ? text
      : `${text.slice(0, -tail.length)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const [head = '', rest] = plain.split('::');
  const left = groups(head);
  const right = groups(rest ?? '');
  const zeros = Array.from({ length: rest === undefined ? 0 : 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
}

const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
