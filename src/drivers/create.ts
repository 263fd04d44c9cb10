/** From the configuration to a driver. What a driver needs is loaded when its first session begins. */
import type { DriverConfig, DriverPlace, ManualConfig } from './config.ts';
import type { ClientSession, Driver, DriverAbilities, SessionContext } from './driver.ts';
import { createManualDriver } from './manual.ts';
import { hideValues } from './process/hidden-values.ts';
import { endsActions } from './session-end.ts';

export function createDriver(config: DriverConfig, place: DriverPlace): Driver {
  if (config.type === 'manual') return createManualDriver();
  return {
    type: config.type,
    abilities: abilitiesOf(config),
    // The others live on a port that the configuration names, or in one person's head.
    parallelSessions: config.type === 'adapter' || config.type === 'command',
    begin: endsActions((context) => begin(config, place, hiding(config, context))),
  };
}

/** The same context, and what to hide in the texts of a client that the harness starts with this configuration. */
function hiding(config: ProgramConfig, context: SessionContext): SessionContext {
  const { env: own = {} } = 'env' in config ? config : (config.start ?? {});
  const earlier = 'previous' in config ? config.previous : undefined;
  const { env: others = {} } = earlier === undefined ? {} : 'env' in earlier ? earlier : (earlier.start ?? {});
  const env = { ...others, ...own };
  const hide = hideValues({ configured: env, inherited: process.env, known: context.env });
  return Object.create(context, { hide: { value: hide } }) as SessionContext;
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
