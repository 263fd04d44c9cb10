/** Records what several callers do at once: refreshes that overlap, actions of several processes. */
import type { Request, Response, ActionBegin, ActionEnd } from '../../src/history/event.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import { secret, type Tape } from '../../test-kit/tape.ts';

/** An exchange that has begun. */
export interface Open {
  /** Number of the request. */
  readonly seq: number;
  /** Ends it; returns the number of the answer. */
  readonly answer: (response?: Partial<Response>) => number;
}

export interface RefreshParts {
  readonly token?: Partial<SentRefreshToken> | null;
  readonly request?: Partial<Request>;
}

/** Records a refresh with the token of a generation; its answer comes later. */
export function sends(tape: Tape, generation: number, { token, request = {} }: RefreshParts = {}): Open {
  const refreshToken =
    token === null
      ? null
      : { ...secret(`RT#${String(generation)}`, 87), family: 'F#1', generation, head: true, ...token };
  const seq = tape.token(
    { grantType: 'refresh_token', code: null, verifier: null, refreshToken },
    { request, response: null },
  );
  return { seq, answer: answerTo(tape) };
}

/** The answer to a refresh: tokens of the generation. */
export const issues = (generation: number): Partial<Response> => ({
  issued: {
    accessToken: secret(`AT#${String(generation)}`),
    refreshToken: secret(`RT#${String(generation)}`, 87),
    family: 'F#1',
    generation,
  },
});

export const refused: Partial<Response> = { status: 400, error: 'invalid_grant' };

/** Records a refresh with the token of a generation, and its answer, by default the next generation's tokens. Returns the number of the request. */
export function refreshes(
  tape: Tape,
  generation: number,
  response: Partial<Response> = issues(generation + 1),
  parts: RefreshParts = {},
): number {
  const { seq, answer } = sends(tape, generation, parts);
  answer(response);
  return seq;
}

/** An API request with the access token of a generation; the answer comes later. */
export function asks(tape: Tape, generation: number, family = 'F#1', request: Partial<Request> = {}): Open {
  const accessToken = { ...secret(`AT#${String(generation)}`), family, generation, newest: true, alive: true };
  const seq = tape.resource({ accessToken }, { request, response: null });
  return { seq, answer: answerTo(tape) };
}

/** An API request that is answered with success. Returns its number. */
export function served(tape: Tape, generation = 9): number {
  const { seq, answer } = asks(tape, generation);
  answer();
  return seq;
}

/** An API request whose session is refused. Returns its number. */
export function denied(tape: Tape, generation = 0): number {
  const { seq, answer } = asks(tape, generation);
  answer({ status: 401 });
  return seq;
}

/** Records a call that ends with `end`, and what it does. Returns the number of its end. */
export function calls(tape: Tape, end: Partial<ActionEnd> = {}, within: () => unknown = () => undefined): number {
  const over = tape.action('call');
  within();
  return over(end);
}

/** Records the begin of an action of a given process. `end` records its end and returns the number of that event. */
export function actionOf(tape: Tape, verb: number, parts: Partial<ActionBegin> = {}) {
  const { name, process } = { name: 'call' as const, process: 'P1', ...parts };
  const seq = tape.add({ kind: 'verb-begin', verb, user: 'U1', ...parts, name, process });
  return {
    seq,
    end: (end: Partial<ActionEnd> = {}) => tape.add({ kind: 'verb-end', verb, name, process, result: 'ok', ...end }),
  };
}

function answerTo(tape: Tape): Open['answer'] {
  const request = tape.history().of('request').at(-1);
  return (response = {}) =>
    tape.add({
      kind: 'response',
      exchange: request?.exchange ?? 0,
      endpoint: request?.endpoint ?? 'other',
      status: 200,
      delivered: 'complete',
      ...response,
    });
}
