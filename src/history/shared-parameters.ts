/** Clients send the same over and over: one copy of it is enough for a history of any length. */
import type { Event } from './event.ts';
import type { Parameter } from './label.ts';

/** So many different ones are shared; a client that sends other ones each time gains nothing by it. */
const MOST = 10_000;
/** Shorter texts are shared by the engine, longer ones are seldom the same. */
const SHORTEST = 10;
const LONGEST = 48;

/** The first of those that have one key. */
function first<T>(): (key: string, one: T) => T {
  const known = new Map<string, T>();
  return (key, one) => {
    const before = known.get(key);
    if (before === undefined && known.size < MOST) known.set(key, one);
    return before ?? one;
  };
}

/** Replaces headers without secrets, and short texts, by the equal ones of the events before; what is no such thing is left as it is. */
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
