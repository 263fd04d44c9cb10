/** Runs the partner's side of a run: sessions of the local driver, which the service requests. */
import type { z } from 'zod';
import { createRedactor } from '../../../mock-server/recording.ts';
import type {
  ActionAnswer,
  ClientProcess,
  ClientSession,
  Driver,
  LoginSteps,
  SessionContext,
} from '../../drivers/driver.ts';
import { HarnessError } from '../../errors.ts';
import type { Event, EventBody } from '../../history/event.ts';
import { actSchema, beginSchema, secretSchema, sessionSchema, stepAnswerSchema } from '../link/messages.ts';
import type { Methods, Peer } from '../link/peer.ts';

/** The sessions that the service has opened in the local driver. */
export interface LocalSessions {
  readonly methods: Methods;
  /** Ends every open session. */
  end(): Promise<void>;
}

interface Open {
  readonly session: ClientSession;
  readonly processes: Map<string, ClientProcess>;
}

/** Creates the sessions of `driver`; none is open. */
export function createLocalSessions(driver: Driver, peer: () => Peer): LocalSessions {
  const open = new Map<number, Open>();
  const redactor = createRedactor();
  let seq = 0;

  /** Replaces known secrets by their labels; a text with anything that looks like another secret is sent to the service, which labels it. */
  const redact: SessionContext['redact'] = (raw) => {
    const { text, leaked } = redactor.redact(raw);
    const known = leaked.filter((label) => !label.startsWith('VALUE'));
    return { text: known.length < leaked.length ? raw : text, leaked: known };
  };
  const opened = (number: number): Open => {
    const found = open.get(number);
    if (found !== undefined) return found;
    throw new HarnessError('link-failed', 'The session is not open.', 'Run again.', { exit: 70 });
  };
  const shown = (number: number, process: ClientProcess | undefined): object | null => {
    if (process === undefined) return null;
    opened(number).processes.set(process.id, process);
    return { id: process.id, user: process.user };
  };
  const act = (order: z.infer<typeof actSchema>): Promise<ActionAnswer | undefined> => {
    const process = opened(order.session).processes.get(order.process);
    if (process === undefined)
      throw new HarnessError('link-failed', 'There is no such process.', 'Run again.', { exit: 70 });
    if (order.name === 'authorize') return process.authorize(stepsFor(peer, order));
    if (order.name === 'restart') return process.restart(order);
    if (order.name === 'end') return process.end().then(() => ({ result: 'ok' }));
    return process[order.name]();
  };

  return {
    methods: {
      async begin(params) {
        const order = beginSchema.parse(params);
        const session = await driver.begin(sessionContext(order, peer, { redact, nextSeq: () => (seq += 1) }));
        open.set(order.session, { session, processes: new Map() });
        return shown(order.session, session.main);
      },
      async spawn(params) {
        const { session } = sessionSchema.parse(params);
        return shown(session, await opened(session).session.spawn());
      },
      async another(params) {
        const { session } = sessionSchema.parse(params);
        return shown(session, await opened(session).session.another());
      },
      async previous(params) {
        const { session } = sessionSchema.parse(params);
        return shown(session, await opened(session).session.previous?.());
      },
      act: (params) => act(actSchema.parse(params)),
      async end(params) {
        const { session } = sessionSchema.parse(params);
        const found = open.get(session);
        open.delete(session);
        await found?.session.end();
        return null;
      },
      secret(params) {
        const { kind, raw } = secretSchema.parse(params);
        redactor.label(kind, raw);
      },
      seen: (params) => driver.see?.(params as Event),
    },
    async end() {
      const sessions = [...open.values()];
      open.clear();
      await Promise.allSettled(sessions.map(({ session }) => session.end()));
    },
  };
}

/** Returns the steps of a login that the service takes part in. */
function stepsFor(peer: () => Peer, { login = 0, steps }: z.infer<typeof actSchema>): LoginSteps {
  const ask = async (step: string, url: string) =>
    stepAnswerSchema.parse(await peer().call('step', { login, step, url }));
  return {
    ...(steps?.onOpen === true && {
      onOpen: async (url: string) => {
        await ask('open', url);
      },
    }),
    ...(steps?.onCallback === true && {
      onCallback: async (url: string) => {
        const { urls, tampered } = await ask('callback', url);
        return tampered === undefined ? { urls } : { urls, tampered };
      },
    }),
    ...(steps?.watches === true && { watches: true as const }),
  };
}

/** Returns the context of a session, whose records are sent to the service. */
function sessionContext(
  { session, ...given }: z.infer<typeof beginSchema>,
  peer: () => Peer,
  more: { readonly redact: SessionContext['redact']; readonly nextSeq: () => number },
): SessionContext {
  const last = { action: 0, process: 0, user: 0 };
  return {
    ...given,
    redact: more.redact,
    record(body: EventBody): Event {
      const seq = more.nextSeq();
      peer().note('event', { session, seq, body });
      return { seq, t: 0, scenario: '', prev: '', ...body };
    },
    async settled() {
      await peer().call('settled', null);
    },
    next: (what) => (last[what] += 1),
  };
}
