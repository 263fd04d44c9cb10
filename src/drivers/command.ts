/** The command driver: a command-line client, one process per verb (contract, section 4). */
import { resolve } from 'node:path';
import { answerOf, statusOf } from './command/exit.ts';
import { takeUrls } from './command/handover.ts';
import { watchPrinted, type PrintedUrlWatch } from './command/printed-url.ts';
import type { CommandConfig, DriverPlace } from './config.ts';
import type { ClientProcess, ClientSession, SessionContext, ActionAnswer } from './driver.ts';
import { askLogin } from './login.ts';
import { clientEnvironment } from './process/environment.ts';
import { requireCommand } from './process/lookup.ts';
import { startProgram, type Program } from './process/program.ts';
import type { ClientUser } from './client-user.ts';
import { beginSession } from './session.ts';
import { requestPlainAction, type ActionContext } from './action.ts';

type CommandAction = 'call' | 'refresh' | 'status' | 'disconnect';

/** What a process gets between SIGTERM and SIGKILL. */
const leaveMs = 5_000;

/** @throws HarnessError `driver-command-missing` and its like, for any of the commands. */
export async function beginCommand(
  config: CommandConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const cwd = resolve(place.configDir, config.cwd);
  const { authorize, call, refresh, status, disconnect } = config;
  for (const command of [authorize, call, refresh, status, disconnect]) {
    if (command !== undefined) await requireCommand(command, cwd, { ...process.env, ...config.env });
  }
  return beginSession(context, async (clientUser) => commandProcess(config, cwd, context, clientUser));
}

function commandProcess(
  config: CommandConfig,
  cwd: string,
  context: SessionContext,
  clientUser: ClientUser,
): ClientProcess {
  const running = new Set<Program>();
  /** Each is in `running` when it is there. */
  const starting = new Set<Promise<Program>>();
  const stopAll = async (how: Parameters<Program['stop']>[0]): Promise<void> => {
    await Promise.allSettled(starting);
    await Promise.all([...running].map((program) => program.stop(how)));
  };

  const run = async (
    id: string,
    command: readonly string[],
    signal: AbortSignal,
    watch: Watch = {},
  ): Promise<ActionAnswer> => {
    const { env = {}, printed } = watch;
    const start = startProgram(context, {
      id,
      command,
      cwd,
      env: clientEnvironment(process.env, { ...context.env, SF_STATE_DIR: clientUser.stateDir, ...env }, config.env),
      input: false,
      endsByItself: true,
      onLine: ({ text }) => {
        printed?.line(text);
        return false;
      },
      onPartial: (text) => printed?.partial(text),
    }).then((started) => {
      running.add(started);
      return started;
    });
    starting.add(start);
    const program = await start.finally(() => starting.delete(start));
    const giveUp = (): void => {
      void program.stop({ terminateAfterMs: 0, killAfterMs: leaveMs });
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    const end = await program.ended;
    signal.removeEventListener('abort', giveUp);
    running.delete(program);
    return answerOf(end, program.evidence.lastError);
  };
  const placeOf = (): ActionContext => ({
    process: `P${context.next('process')}`,
    user: clientUser.user,
    flush: () => {
      for (const program of running) program.evidence.flush();
    },
  });
  const ask = (name: CommandAction): Promise<ActionAnswer> => {
    const place = placeOf();
    const command = config[name];
    return requestPlainAction(context, name, place, async ({ marker, signal }) => {
      if (command === undefined) return { result: 'unsupported' };
      const env = marker === undefined ? {} : { SF_CALL_MARKER: marker };
      const answer = await run(place.process, command, signal, { env });
      return name === 'status' ? statusOf(answer) : answer;
    });
  };
  const own = placeOf();

  return {
    id: own.process,
    user: clientUser.user,
    authorize: (steps = {}) => {
      const place = placeOf();
      return askLogin({
        context,
        browser: clientUser.browser,
        place,
        steps,
        handOver: async () => 'a command has no way to take a redirect URI with a scheme of its own',
        ask: async (login, { signal }) => {
          const opened = new Set<string>();
          const open = (text: string): void => {
            const url = URL.parse(text);
            if (url === null || opened.has(url.href)) return;
            opened.add(url.href);
            login.open(url);
          };
          const handOver = takeUrls(open);
          const printed = watchPrinted(context.loginUrl, (url) => {
            // Many print what they open, and print it first: what was handed over counts.
            handOver.look();
            if (opened.size === 0) open(url);
          });
          try {
            return await run(place.process, config.authorize, signal, { env: { BROWSER: handOver.browser }, printed });
          } finally {
            handOver.look();
            handOver.close();
            printed.close();
          }
        },
      });
    },
    call: () => ask('call'),
    refresh: () => ask('refresh'),
    status: () => ask('status'),
    disconnect: () => ask('disconnect'),
    // Nothing lives between two commands, so every command is a restart already; only what still runs has to end.
    restart: ({ kill = false } = {}) =>
      requestPlainAction(context, 'restart', { ...own, timeoutMs: Infinity }, async () => {
        const how = kill ? { killAfterMs: 0 } : { terminateAfterMs: 0, killAfterMs: leaveMs };
        await stopAll(how);
        return { result: 'ok' };
      }),
    end: () => stopAll({ terminateAfterMs: 0, killAfterMs: leaveMs }),
  };
}

interface Watch {
  readonly env?: Readonly<Record<string, string>>;
  readonly printed?: PrintedUrlWatch;
}
