/** Creates the configured driver. The modules of a driver are loaded when its first session begins. */
import type { DriverConfig, DriverPlace, ManualConfig } from './config.ts';
import type { ClientSession, Driver, DriverAbilities, RestartOptions, SessionContext } from './driver.ts';
import { createManualDriver } from './manual.ts';
import { hideValues } from './process/hidden-values.ts';
import { endsActions } from './session-end.ts';

/** Creates the driver that a configuration names. */
export function createDriver(config: DriverConfig, place: DriverPlace): Driver {
  if (config.type === 'manual') return createManualDriver();
  return {
    type: config.type,
    abilities: abilitiesOf(config),
    // The other drivers need the port that the configuration names, or one person's attention.
    parallelSessions: config.type === 'adapter' || config.type === 'command',
    hides: (known) => hideValues({ configured: variablesOf(config), inherited: process.env, known }),
    begin: endsActions((context) => beginProgram(config, place, context)),
  };
}

/** Begins a session whose texts are cleared of secrets in the client's environment, and whose consumer secret a restart may change. */
async function beginProgram(
  config: ProgramConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  let secret: string | undefined;
  const hide = hideValues({ configured: variablesOf(config), inherited: process.env, known: context.env });
  // Inherits instead of copying: a context may compute its values anew each time.
  const own = Object.create(context, {
    hide: { value: hide },
    env: { get: () => (secret === undefined ? context.env : { ...context.env, SF_CLIENT_SECRET: secret }) },
  }) as SessionContext;
  const session = await begin(config, place, own);
  const restart = (options: RestartOptions = {}) => {
    secret = options.secret ?? secret;
    return session.main.restart(options);
  };
  return { ...session, main: { ...session.main, restart } };
}

/** Returns the variables that the configuration sets for the client and its earlier version. */
function variablesOf(config: ProgramConfig): Readonly<Record<string, string>> {
  const { env: own = {} } = 'env' in config ? config : (config.start ?? {});
  const earlier = 'previous' in config ? config.previous : undefined;
  const { env: others = {} } = earlier === undefined ? {} : 'env' in earlier ? earlier : (earlier.start ?? {});
  return { ...others, ...own };
}

type ProgramConfig = Exclude<DriverConfig, ManualConfig>;

async function begin(config: ProgramConfig, place: DriverPlace, context: SessionContext): Promise<ClientSession> {
  switch (config.type) {
    case 'adapter': {
      const { beginAdapter } = await import('./adapter.ts');
      return beginAdapter(config, place, context);
    }
    case 'command': {
      const { beginCommand } = await import('./command.ts');
      return beginCommand(config, place, context);
    }
    case 'http': {
      const { beginHttp } = await import('./http.ts');
      return beginHttp(config, place, context);
    }
    case 'browser': {
      const { beginBrowser } = await import('./browser.ts');
      return beginBrowser(config, place, context);
    }
  }
}

/** Returns the abilities of the driver with the configured further versions and processes of the client. */
function abilitiesOf(config: ProgramConfig): DriverAbilities {
  const { previous, seeded } = config.type === 'browser' ? {} : config;
  return {
    ...ofShape(config),
    ...('baseUrl' in config && config.start === undefined ? {} : { newSecret: true }),
    ...(previous === undefined ? {} : { previous: true }),
    ...(seeded === true ? { seeded: true } : {}),
  };
}

/** Returns the abilities of each kind of driver; a client reports an action it lacks as `unsupported`. */
function ofShape(config: ProgramConfig): DriverAbilities {
  switch (config.type) {
    case 'adapter':
      return { ...everything, tabs: false };
    case 'command':
      return { ...everything, tabs: false, ...configured(config) };
    case 'http':
      return {
        ...everything,
        tabs: false,
        processes: false,
        restart: config.start !== undefined,
        ...configured(config),
      };
    case 'browser':
      return {
        ...everything,
        processes: false,
        tabs: config.tabs > 1,
        restart: config.start !== undefined,
        ...configured(config),
      };
  }
}

const everything: DriverAbilities = {
  restart: true,
  processes: true,
  tabs: true,
  users: true,
  refresh: true,
  status: true,
  disconnect: true,
  parallelCalls: true,
};

function configured(config: { readonly refresh?: unknown; readonly status?: unknown; readonly disconnect?: unknown }) {
  return {
    refresh: config.refresh !== undefined,
    status: config.status !== undefined,
    disconnect: config.disconnect !== undefined,
  };
}
