/** Reads a token request: its grant and its parameters. */
import type { Denial } from '../salesforce/denial.ts';
import type { Mode } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Grant } from './grant.ts';
import { GRANTS } from './grants.ts';

type Parameters = Pick<Exchange, 'form' | 'query'>;

/** Returns the value of a parameter of the body, or else of the query; null when it is absent. */
export const parameterOf = ({ form, query }: Parameters, name: string): string | null =>
  form.get(name) ?? query.get(name);

/** Finds the grant of a request; undefined when there is none of that name. */
export const grantOf = (request: Parameters): Grant | undefined => GRANTS.get(parameterOf(request, 'grant_type') ?? '');

/** Refuses repeated parameters (RFC 6749 §3.2). In observing mode the first value of each counts. */
export function denialForRepeated(request: Parameters, { parameters }: Grant, mode: Mode): Denial | undefined {
  if (mode === 'observing') return undefined;
  const repeated = parameters.filter((name) => {
    const { form, query } = request;
    return (form.has(name) ? form : query).getAll(name).length > 1;
  });
  if (repeated.length === 0) return undefined;
  const names = repeated.map((name) => `'${name}'`).join(', ');
  const parameter = repeated.length === 1 ? 'parameter' : 'parameters';
  return {
    status: 400,
    error: 'invalid_request',
    errorDescription: `${names} ${parameter} must not be provided twice`,
  };
}
