/** Adapts a live session to the dashboard. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Board, BoardView } from '../dashboard/board.ts';
import type { PromptQueue } from '../drivers/manual/prompt-queue.ts';
import { ACTIONS, GRADED_BY } from './actions.ts';
import { ACTION_WARNINGS, assertAgreed, ONLY_WITH_MOCK, SCENARIO_WARNING } from './agreement.ts';
import type { Session } from './session.ts';
import type { ConnectionDetail } from './connection-details.ts';

/** The parts of a board. */
export interface BoardParts {
  readonly session: Session;
  readonly promptQueue: PromptQueue;
  readonly app: Board['frame']['app'];
  readonly connectionDetails: readonly ConnectionDetail[];
  /** Whether a real org replaces the mock. */
  readonly upstream: boolean;
  /** Ends the session. */
  readonly end: () => void;
  /** Ends the session and requests another one. */
  readonly startOver?: (() => void) | undefined;
  /** Called when a scenario could not be run or a report could not be written. */
  readonly complain: (error: unknown) => void;
}

/** Creates the board of a live session. */
export function createBoard(parts: BoardParts): Board {
  const { session, promptQueue, app, connectionDetails, upstream, end, complain } = parts;
  const actions = upstream ? ACTIONS.filter(({ id }) => !ONLY_WITH_MOCK.has(id)) : ACTIONS;
  const warningOf = (id: string): string | undefined => (upstream ? ACTION_WARNINGS[id] : undefined);
  let writtenAt: string | undefined;
  let ended = false;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  promptQueue.subscribe(changed);
  session.onChange(changed);

  const view = (): BoardView => boardView({ session, promptQueue, actions }, { writtenAt, ended });

  return {
    frame: {
      startsOver: parts.startOver !== undefined,
      app,
      connectionDetails,
      actions: actions.map(({ id, label, hint }) => {
        return { id, label, hint, gradedBy: GRADED_BY[id], warning: warningOf(id) };
      }),
      scenarios: session.scenarios.map(({ scenario: { id, title } }) => ({
        ...{ id, title, warning: upstream ? SCENARIO_WARNING : undefined },
      })),
      checks: session.graded.checks.map(({ id, suite, level, title }) => ({ id, suite, level, title })),
    },
    view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    act(name, confirmed) {
      const action = actions.find(({ id }) => id === name);
      if (action !== undefined) assertAgreed(warningOf(action.id), confirmed);
      return action !== undefined && session.act(action);
    },
    guide(name, confirmed) {
      if (upstream) assertAgreed(SCENARIO_WARNING, confirmed);
      const found = session.scenarios.find(({ scenario }) => scenario.id === name);
      if (found === undefined || found.over || session.running !== undefined) return false;
      session.guide(found.scenario).catch(complain);
      return true;
    },
    stopGuiding() {
      if (session.running === undefined) return false;
      session.stopGuiding();
      return true;
    },
    observe: (on) => session.observe(on),
    reply: (reply, id) => promptQueue.reply(reply, id),
    async write() {
      try {
        await session.write();
        writtenAt = new Date().toISOString();
        changed();
      } catch (error) {
        complain(error);
        throw error;
      }
    },
    end() {
      ended = true;
      changed();
      end();
    },
    startOver() {
      parts.startOver?.();
      return parts.startOver !== undefined;
    },
    async report() {
      if (writtenAt === undefined) return undefined;
      return readFile(join(session.dir, 'index.html'), 'utf8').catch(() => undefined);
    },
  };
}

/** Returns what the page shows of a session now. */
function boardView(
  { session, promptQueue, actions }: Pick<BoardParts, 'session' | 'promptQueue'> & { readonly actions: typeof ACTIONS },
  { writtenAt, ended }: { readonly writtenAt: string | undefined; readonly ended: boolean },
): BoardView {
  const graded = session.graded;
  const { id, title, graded: read } = session.recording.track;
  const blocked = actions.flatMap((action) => {
    const why = session.blocked(action);
    return why === undefined ? [] : [[action.id, why] as const];
  });
  return {
    recording: { id, title, graded: read },
    ...(session.running === undefined ? {} : { running: session.running.id }),
    instructions: promptQueue.open,
    blocked: Object.fromEntries(blocked),
    finished: session.scenarios.filter(({ over }) => over).map(({ scenario }) => scenario.id),
    ...(session.held === undefined ? {} : { held: session.held }),
    observing: session.observing,
    verdict: graded.verdict,
    summary: session.judged ? graded.summary : 'Nothing has arrived yet: log in with your client.',
    checks: graded.checks.map(({ verdict, message }) => ({ verdict, message })),
    full: session.full,
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ended,
    folder: session.dir,
  };
}
