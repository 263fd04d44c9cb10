/** Errors of the API as problem details (RFC 9457). */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { HarnessError } from '../../errors.ts';
import { isAway } from '../store/open.ts';

/** Schema of an error answer; `code` is the stable id for programs. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
});

/** Ends a request with an error answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter: number | undefined;
  constructor(status: number, code: string, detail: string, retryAfter?: number) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Returns the answer 404. Resources of other organisations and missing ones get the same answer. */
export const notFound = (): Problem => new Problem(404, 'not-found', 'There is nothing here for this token.');

/** Returns what was looked for. @throws Problem 404 */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound();
  return value;
}

/** Returns the answer for an error that a route threw; an unexpected error is reported to `complain` and reveals nothing. */
export function problemOf(
  error: unknown,
  complain: (error: unknown) => void,
): { readonly body: z.infer<typeof problemSchema>; readonly retryAfter?: number | undefined } {
  const body = (status: number, code: string, detail: string) =>
    ({ type: 'about:blank', title: STATUS_CODES[status] ?? '', status, code, detail }) as const;
  if (error instanceof Problem)
    return { body: body(error.status, error.code, error.message), retryAfter: error.retryAfter };
  if (error instanceof z.ZodError) return { body: body(400, 'invalid', z.prettifyError(error).slice(0, 2_000)) };
  if (error instanceof HarnessError && error.exit === 2)
    return { body: { ...body(422, error.code, error.message), hint: error.hint } };
  if (isAway(error))
    return { body: body(503, 'no-database', 'The database does not answer. Try again.'), retryAfter: 1 };
  complain(error);
  return { body: body(500, 'failed', 'The service failed. The operator can find out why.') };
}
