/** Runs the http driver: a web application, and a browser without a screen (docs/contract.md, section 4). */
import type { DriverPlace, HttpConfig } from './config.ts';
import type { ClientSession, SessionContext } from './driver.ts';
import { createApplication } from './http/lifetime.ts';
import { createVisitor } from './http/visitor.ts';
import { openUser } from './client-user.ts';

/** Begins a session of a web application. @throws HarnessError `driver-command-missing`, `driver-port-in-use`, `driver-not-ready`. */
export async function beginHttp(
  config: HttpConfig,
  place: DriverPlace,
  context: SessionContext,
): Promise<ClientSession> {
  const appOrigin = new URL(config.baseUrl).origin;
  const id = `P${context.next('process')}`;
  const first = await openUser(context, appOrigin);
  const users = [first];
  const application = createApplication({ context, config, place, id, clientUser: first });
  const clear = async (): Promise<void> => {
    for (const clientUser of users) await clientUser.clear();
  };

  try {
    await application.start();
  } catch (error) {
    await clear();
    throw error;
  }
  /** The application of the earlier version, once a scenario has used it. */
  let earlier: typeof application | undefined;
  const { previous } = config;
  const beginPrevious = previous && {
    previous: async () => {
      const version: HttpConfig = { type: 'http', ...previous };
      earlier = createApplication({
        ...{ context, config: version, place, clientUser: first },
        id: `P${context.next('process')}`,
      });
      await earlier.start();
      return createVisitor(earlier, version, context, first);
    },
  };
  return {
    ...beginPrevious,
    main: createVisitor(application, config, context, first),
    spawn: async () => undefined,
    another: async () => {
      const clientUser = await openUser(context, appOrigin);
      users.push(clientUser);
      return createVisitor(application, config, context, clientUser);
    },
    end: async () => {
      try {
        await Promise.all([application.end(), earlier?.end()]);
      } finally {
        await clear();
      }
    },
  };
}
