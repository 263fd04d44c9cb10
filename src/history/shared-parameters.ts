/** Keeps one copy of headers that clients send repeatedly, which reduces the memory of a long history. */
import type { Event } from './event.ts';
import type { Parameter } from './label.ts';

/** Most different values that are shared, for clients that send new ones each time. */
const MOST = 10_000;
/** The engine shares shorter texts itself; longer ones are seldom equal. */
const SHORTEST = 10;
const LONGEST = 48;

/** Returns a function that returns the first value with a key. */
function first<T>(): (key: string, one: T) => T {
  const known = new Map<string, T>();
  return (key, one) => {
    const before = known.get(key);
    if (before === undefined && known.size < MOST) known.set(key, one);
    return before ?? one;
  };
}

/** Returns a function that replaces headers without secrets, and short texts, by equal ones of earlier events. */
export function shareParameters(): (event: Event) => void {
  const parameters = first<Parameter>();
  const texts = first<string>();
  const shared = (parameter: Parameter | null): Parameter | null => {
    if (parameter === null || parameter.secret !== undefined) return parameter;
    return parameters(`${parameter.name}\n${parameter.value}`, parameter);
  };
  const shareTexts = (of: Record<string, unknown>): void => {
    for (const name in of) {
      const value = of[name];
      if (typeof value === 'string' && value.length > SHORTEST && value.length < LONGEST)
        of[name] = texts(value, value);
    }
  };
  return (event) => {
    shareTexts(event);
    if (event.kind !== 'request') return;
    if (Array.isArray(event.headers)) Object.assign(event, { headers: event.headers.map(shared) });
    const facts: unknown = event.facts;
    if (typeof facts === 'object' && facts !== null) shareTexts(facts as Record<string, unknown>);
  };
}
