/** Runs the command driver: a command-line client, one process for each action (docs/contract.md, section 4). */
import { resolve } from 'node:path';
import type { ClientUser } from './client-user.ts';
import { statusOf } from './command/exit.ts';
import { takeUrls } from './command/handover.ts';
import { watchPrinted } from './command/printed-url.ts';
import { createPrograms, type Programs } from './command/programs.ts';
import type { CommandConfig, DriverPlace } from './config.ts';
import type { ActionAnswer, ClientProcess, ClientSession, LoginAnswer, LoginSteps, SessionContext } from './driver.ts';
import { askLogin } from './login.ts';
import { requireCommand } from './process/lookup.ts';
import { beginSession, type StartProcess } from './session.ts';
import { requestPlainAction, type ActionContext } from './action.ts';

type CommandAction = 'call' | 'refresh' | 'status' | 'disconnect';

/** Begins a session.
 * @throws HarnessError as `requireCommand` does, for any of the commands. */
export async function beginCommand(
  config: CommandConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const starterOf = async (version: CommandVersion): Promise<StartProcess> => {
    const cwd = resolve(place.configDir, version.cwd);
    const { authorize, call, refresh, status, disconnect, env } = version;
    for (const command of [authorize, call, refresh, status, disconnect]) {
      if (command !== undefined) await requireCommand(command, cwd, { ...process.env, ...env });
    }
    return async (clientUser) => {
      const programs = createPrograms({
        ...{ context, cwd, stateDir: clientUser.stateDir, env },
        withheld: place.withheld,
      });
      return commandProcess({ config: version, context, clientUser, programs });
    };
  };
  const start = await starterOf(config);
  return beginSession(context, start, config.previous && (await starterOf(config.previous)));
}

/** The commands of one version of the client. */
type CommandVersion = Omit<CommandConfig, 'type' | 'previous' | 'seeded'>;

interface CommandParts {
  readonly config: CommandVersion;
  readonly context: SessionContext;
  readonly clientUser: ClientUser;
  readonly programs: Programs;
}

function commandProcess(parts: CommandParts): ClientProcess {
  const { config, context, clientUser, programs } = parts;
  const placeOf = (): ActionContext => ({
    process: `P${context.next('process')}`,
    user: clientUser.user,
    flush: () => programs.flush(),
  });
  const ask = (name: CommandAction): Promise<ActionAnswer> => {
    const place = placeOf();
    const command = config[name];
    return requestPlainAction(context, name, place, async ({ marker, signal }) => {
      if (command === undefined) return { result: 'unsupported' };
      const env = marker === undefined ? {} : { SF_CALL_MARKER: marker };
      const answer = await programs.run({ id: place.process, command, signal, env });
      return name === 'status' ? statusOf(answer) : answer;
    });
  };
  const own = placeOf();
  return {
    id: own.process,
    user: clientUser.user,
    authorize: (steps = {}) => logIn(parts, placeOf(), steps),
    call: () => ask('call'),
    refresh: () => ask('refresh'),
    status: () => ask('status'),
    disconnect: () => ask('disconnect'),
    // Nothing runs between two commands, so every command is a restart; only processes that still run have to end.
    restart: ({ kill = false } = {}) =>
      requestPlainAction(context, 'restart', { ...own, timeoutMs: Infinity }, async () => {
        await programs.stop(kill);
        return { result: 'ok' };
      }),
    end: () => programs.stop(false),
  };
}

function logIn(parts: CommandParts, place: ActionContext, steps: LoginSteps): Promise<LoginAnswer> {
  const { config, context, clientUser, programs } = parts;
  return askLogin({
    ...{ context, browser: clientUser.browser, place, steps },
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
      const stop = handOver.watch();
      const printed = watchPrinted(context.loginUrl, (url) => {
        // Many programs print the URL that they open, and print it first; the opened one counts.
        handOver.look();
        if (opened.size === 0) open(url);
      });
      try {
        const env = { BROWSER: handOver.browser };
        return await programs.run({ id: place.process, command: config.authorize, signal, env, printed });
      } finally {
        stop();
        handOver.close();
        printed.close();
      }
    },
  });
}
