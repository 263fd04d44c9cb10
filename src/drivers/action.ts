/** Asks the client for one action, with a time limit; writes `verb-begin` and `verb-end` into the history. */
import { callMarker } from '../history/call-marker.ts';
import type { ActionName } from '../history/event.ts';
import type { SessionContext, ActionAnswer } from './driver.ts';
import { deadline } from './process/deadline.ts';

/** What an action knows of itself while it runs, passed to the work of `requestAction`. */
export interface ActionTicket {
  /** Number of the action within the run. */
  readonly number: number;
  /** Event number of the action's `verb-begin`. */
  readonly seq: number;
  /** For a call: the marker that the client may put into its API requests. */
  readonly marker?: string;
  /** Aborted when the action is over, whatever the reason. */
  readonly signal: AbortSignal;
}

/** The circumstances of an action: who acts, and how its end is recorded. */
export interface ActionContext {
  readonly process: string;
  readonly user: string;
  /** Runs before `verb-end` is written, to record the output of the process so far. */
  readonly flush: () => void;
  /** Returns the likely reason why no answer came, as a clause. */
  readonly hint?: () => string | undefined;
  /** Default: `timeoutMs` of the session. Infinity for actions with a limit of their own. */
  readonly timeoutMs?: number;
}

type ActionParts = Pick<SessionContext, 'record' | 'redact' | 'next' | 'timeoutMs' | 'ended' | 'settled'>;

/** The answer to an action that was open when the harness ended the client. */
export const interrupted: ActionAnswer = { result: 'interrupted', error: 'the harness ended the client' };

/** Resolves when `signal` is aborted; stops listening when `over` is. */
function aborted(signal: AbortSignal | undefined, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true, signal: over });
  });
}

/** Records an action from its request to its answer, which comes within the time limit. Rejects only when `work` does: a step of the
 * scenario has thrown, or the tool cannot continue. */
export async function requestAction<A extends ActionAnswer>(
  context: ActionParts,
  name: ActionName,
  place: ActionContext,
  work: (ticket: ActionTicket) => Promise<A>,
  whole: (answer: ActionAnswer) => A,
): Promise<A> {
  const { process, user, timeoutMs = context.timeoutMs } = place;
  // The scenario that asks has ended: it gets no answer, so that it does not continue after its end.
  if (context.ended?.aborted === true) return new Promise<never>(() => undefined);
  const over = new AbortController();
  const number = context.next('action');
  const marked = name === 'call' ? { marker: callMarker(number) } : {};
  const { seq } = context.record({ kind: 'verb-begin', verb: number, name, process, user, ...marked });
  const end = (answer: ActionAnswer): void => {
    place.flush();
    context.record({ kind: 'verb-end', verb: number, name, process, ...fieldsOf(answer) });
  };
  try {
    if (context.settled !== undefined) await context.settled();
    const working = work({ number, seq, ...marked, signal: over.signal });
    const late = Number.isFinite(timeoutMs)
      ? deadline(timeoutMs, over.signal).then(() =>
          whole(explained({ result: 'timed-out', limitMs: timeoutMs, error: tooLate(timeoutMs) }, place.hint?.())),
        )
      : working;
    const ended = aborted(context.ended, over.signal).then(() => whole(interrupted));
    const given = await Promise.race([working, late, ended]);
    if (context.settled !== undefined) await context.settled();
    const answer = redacted(context, given);
    end(answer);
    return answer;
  } catch (error) {
    end({ result: 'failed', error: 'the harness gave the action up' });
    throw error;
  } finally {
    over.abort();
  }
}

/** Requests an action that is not a login. */
export function requestPlainAction(
  context: ActionParts,
  name: ActionName,
  place: ActionContext,
  work: (ticket: ActionTicket) => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  return requestAction(context, name, place, work, (answer) => answer);
}

/** Adds the likely reason to an answer. */
export function explained(answer: ActionAnswer, hint: string | undefined): ActionAnswer {
  if (hint === undefined) return answer;
  return { ...answer, hint, error: answer.error === undefined ? hint : `${answer.error}; ${hint}` };
}

const tooLate = (ms: number): string => `no answer within ${ms} ms`;

function redacted<A extends ActionAnswer>(context: Pick<SessionContext, 'redact'>, answer: A): A {
  if (answer.error === undefined) return answer;
  const plain = (text: string): string => context.redact(text).text.slice(0, 2_000);
  return { ...answer, error: plain(answer.error), hint: answer.hint === undefined ? undefined : plain(answer.hint) };
}

/** Returns the fields of an answer that history records; a login's answer has more. */
function fieldsOf({ result, limitMs, status, error, reauthorize, connected, skipped }: ActionAnswer): ActionAnswer {
  return {
    result,
    ...(limitMs === undefined ? {} : { limitMs }),
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
    ...(reauthorize === undefined ? {} : { reauthorize }),
    ...(connected === undefined ? {} : { connected }),
    ...(skipped === undefined ? {} : { skipped }),
  };
}
