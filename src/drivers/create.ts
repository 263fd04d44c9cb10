/** From the configuration to a driver. What a driver needs is loaded when its first session begins. */
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
    // The others live on a port that the configuration names, or in one person's head.
    parallelSessions: config.type === 'adapter' || config.type === 'command',
    hides: (known) => hideValues({ configured: variablesOf(config), inherited: process.env, known }),
    begin: endsActions((context) => beginProgram(config, place, context)),
  };
}

/** Begins a session whose texts lack the secrets of the client's environment, and whose consumer secret a restart may change. */
async function beginProgram(
  config: ProgramConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  let secret: string | undefined;
  const hide = hideValues({ configured: variablesOf(config), inherited: process.env, known: context.env });
  // Not a copy: a context may compute its values anew each time.
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

/** The variables that the configuration sets for the client, its earlier version included. */
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

/** What the driver can do, with what the configuration says of other versions and processes of the client. */
function abilitiesOf(config: ProgramConfig): DriverAbilities {
  const { previous, seeded } = config.type === 'browser' ? {} : config;
  return {
    ...ofShape(config),
    ...('baseUrl' in config && config.start === undefined ? {} : { newSecret: true }),
    ...(previous === undefined ? {} : { previous: true }),
    ...(seeded === true ? { seeded: true } : {}),
  };
}

/** What each shape of client can do by its nature; what one client lacks it says itself by `unsupported`. */
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
