/** Runs the adapter driver: a process of the client that speaks JSON lines (docs/contract.md, section 4). */
import { resolve } from 'node:path';
import type { ActionName } from '../history/event.ts';
import { createConversation } from './adapter/conversation.ts';
import { takeUrls } from './command/handover.ts';
import type { AdapterConfig, DriverPlace } from './config.ts';
import {
  clientText,
  type ActionAnswer,
  type ClientProcess,
  type ClientSession,
  type LoginAnswer,
  type SessionContext,
} from './driver.ts';
import { askLogin } from './login.ts';
import { clientEnvironment } from './process/process-environment.ts';
import { requireCommand } from './process/lookup.ts';
import { startProgram, type Program } from './process/program.ts';
import type { ClientUser } from './client-user.ts';
import { beginSession, type StartProcess } from './session.ts';
import { requestPlainAction, explained } from './action.ts';

/** Milliseconds that an adapter has to exit after the end of its input; at the end of a session it gets SIGTERM after `remindMs`. */
const leaveMs = 5_000;
const remindMs = 1_000;

/** Begins a session of an adapter.
 * @throws HarnessError `driver-command-missing` and the other errors of `requireCommand`. */
export async function beginAdapter(
  config: AdapterConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const starterOf = async (version: Pick<AdapterConfig, 'command' | 'cwd' | 'env'>): Promise<StartProcess> => {
    const cwd = resolve(place.configDir, version.cwd);
    await requireCommand(version.command, cwd, { ...process.env, ...version.env });
    return (clientUser) => startAdapter({ config: version, cwd, context, clientUser, place });
  };
  const start = await starterOf(config);
  return beginSession(context, start, config.previous && (await starterOf(config.previous)));
}

interface AdapterParts {
  readonly config: Pick<AdapterConfig, 'command' | 'env'>;
  readonly place: DriverPlace;
  readonly cwd: string;
  readonly context: SessionContext;
  readonly clientUser: ClientUser;
}

/** Returns why the client did not take a redirect; undefined when it did. */
function undelivered({ result }: ActionAnswer): string | undefined {
  if (result === 'unsupported') return 'the adapter has no `redirect`';
  if (result === 'timed-out') return 'the adapter did not answer `redirect`';
  return result === 'died' ? 'the adapter died' : undefined;
}

async function startAdapter({ config, place, cwd, context, clientUser }: AdapterParts): Promise<ClientProcess> {
  const id = `P${context.next('process')}`;
  const conversation = createConversation((text) => clientText(context, text));
  const urls = takeUrls(conversation.browserOpened);
  const start = (): Promise<Program> =>
    startProgram(context, {
      id,
      command: config.command,
      cwd,
      env: clientEnvironment(
        process.env,
        { ...context.env, SF_STATE_DIR: clientUser.stateDir, BROWSER: urls.browser },
        config.env,
        place.withheld,
      ),
      input: true,
      onLine: conversation.take,
      onPartial: conversation.partial,
    });

  let program = await start();
  /** Resolves when the process runs again after a restart; actions requested meanwhile wait for it. */
  let ready: Promise<void> = Promise.resolve();
  const where = { process: id, user: clientUser.user, flush: () => program.evidence.flush(), hint: conversation.hint };

  const ask = (name: Exclude<ActionName, 'restart' | 'authorize' | 'redirect'>): Promise<ActionAnswer> =>
    requestPlainAction(context, name, where, async ({ number, marker, signal }) => {
      await ready;
      return conversation.ask(program, { id: number, do: name, marker }, signal);
    });

  const handOver = async (url: string): Promise<string | undefined> =>
    undelivered(
      await requestPlainAction(context, 'redirect', where, ({ number, signal }) =>
        conversation.ask(program, { id: number, do: 'redirect', url }, signal),
      ),
    );

  return {
    id,
    user: clientUser.user,
    authorize: (steps = {}): Promise<LoginAnswer> =>
      askLogin({
        context,
        browser: clientUser.browser,
        place: where,
        steps,
        handOver,
        ask: async (login, { number, signal }) => {
          await ready;
          const stop = urls.watch();
          try {
            const answer = await conversation.ask(program, { id: number, do: 'authorize' }, signal, login);
            return answer.result === 'failed' && !login.opened ? explained(answer, conversation.hint()) : answer;
          } finally {
            stop();
          }
        },
      }),
    call: () => ask('call'),
    refresh: () => ask('refresh'),
    status: () => ask('status'),
    disconnect: () => ask('disconnect'),
    restart: ({ kill = false } = {}) =>
      requestPlainAction(context, 'restart', { ...where, timeoutMs: Infinity }, async () => {
        const gate = Promise.withResolvers<undefined>();
        ready = gate.promise;
        try {
          await program.stop({ killAfterMs: kill ? 0 : leaveMs });
          program = await start();
          return { result: 'ok' };
        } catch (error) {
          return { result: 'failed', error: error instanceof Error ? error.message : String(error) };
        } finally {
          gate.resolve(undefined);
        }
      }),
    end: async () => {
      await ready;
      await program.stop({ terminateAfterMs: remindMs, killAfterMs: leaveMs });
      urls.close();
    },
  };
}
