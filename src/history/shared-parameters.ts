/** Clients send the same headers over and over: one copy of each is enough for a history of any length. */
import type { Event } from './event.ts';
import type { Parameter } from './label.ts';

/** So many different headers are shared; a client that sends other ones each time gains nothing by it. */
const MOST = 10_000;

/** Replaces headers without secrets by the equal ones of the events before; what is no list of headers is left as it is. */
export function shareParameters(): (event: Event) => void {
  const known = new Map<string, Parameter>();
  const shared = (parameter: Parameter | null): Parameter | null => {
    if (parameter === null || parameter.secret !== undefined || known.size >= MOST) return parameter;
    const key = `${parameter.name}\n${parameter.value}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, parameter);
    return before ?? parameter;
  };
  return (event) => {
    if (event.kind === 'request' && Array.isArray(event.headers))
      Object.assign(event, { headers: event.headers.map(shared) });
  };
}
