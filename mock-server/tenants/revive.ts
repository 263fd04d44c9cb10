/** Brings a tenant alive from what is kept of it: afterwards it is what it was on the instance before. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { EventBody, Response } from '../../src/history/event.ts';
import { createClock, steadyFrom } from '../clock.ts';
import { faultsOf, type FaultEntry } from '../faults/earlier.ts';
import { gatesOf, type GateEntry } from '../gates/earlier.ts';
import type { Control, Mock, Mode } from '../mock.ts';
import type { Origins as Ports } from '../http/listeners.ts';
import { createRedactor } from '../recorder/create-redactor.ts';
import { createLoginTracker } from '../recorder/login-tracker.ts';
import { correlationOf, type Bounded, type Login, type RequestCorrelation } from '../recorder/correlation.ts';
import type { JobEntry } from '../api/bulk/jobs.ts';
import type { RecordEntry } from '../api/data/records.ts';
import { createUserStatuses } from '../policy/user-status.ts';
import { released } from '../token-families/decide.ts';
import { start } from '../start.ts';
import type { Entry } from './entry.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Batch, Owned } from './keeper.ts';
import { createRememberingStore, type RememberingStore } from './remembering-store.ts';
import { createResent, type ResentParts, type ResentRequests } from './resent.ts';
import type { Identity, Tenancy } from './tenancy.ts';
import { aheadOf, awaitedOf, openOf, unanswered, type Line } from './unfinished.ts';

export interface ReviveOptions extends Pick<ResentParts, 'nameOf' | 'answerOf'> {
  readonly owned: Owned;
  readonly identity: Identity & { readonly salt: Buffer };
  readonly urls: { readonly login: string; readonly instance: string };
  readonly isInstance: (request: IncomingMessage) => boolean;
  readonly keep: (batch: Batch) => Promise<boolean>;
  readonly settle: (journal: Journal, resent: ResentRequests) => Tenancy['settle'];
  readonly onLost: () => void;
  /** True: it takes care of the line itself, later. */
  readonly defer: (body: EventBody, journal: Journal) => boolean;
}

export interface Revived {
  readonly mock: Mock;
  readonly handler: RequestListener;
  readonly journal: Journal;
  readonly resent: ResentRequests;
  /** As it is now. */
  readonly mode: Mode;
  readonly control: Control;
  /** How many families there are. */
  families(): number;
}

export async function revive(options: ReviveOptions): Promise<Revived> {
  const { owned, identity, urls } = options;
  const { definition, entries } = owned;
  const lines = owned.lines.map((line) => JSON.parse(line) as Line);
  // By one clock, whatever the machines' show; never before what was written already.
  const real = steadyFrom(Math.max(owned.at, definition.createdAt + Math.ceil(lines.at(-1)?.t ?? 0)));
  const now = () => real() - definition.createdAt;
  const journal = createJournal({
    ...{ keep: options.keep, now, onLost: options.onLost },
    events: lines.length,
    scenario: entries.findLast((one) => one[0] === 'scenario')?.[1] ?? definition.scenario,
  });
  // While it is read, nothing of it is told again.
  let reading = true;
  const remember = (entry: Entry) => {
    if (!reading) journal.remember(entry);
  };

  const clock = createClock(real);
  for (const one of entries) if (one[0] === 'advance') clock.advance(one[1]);
  const redactor = createRedactor({
    salt: identity.salt,
    told: (kind, raw) => {
      remember(['label', kind, raw]);
    },
  });
  const memory = correlationOf(redactor, {
    exchanges: highest(lines.map(({ exchange }) => exchange ?? 0)),
    connections: highest(lines.map(({ connection }) => Number(connection?.slice(1) ?? 0))),
    told: (map, key, value) => {
      remember(['memory', map, key, map === 'codes' ? bySeq(value) : value]);
    },
  });
  const origins = createLoginTracker((key, { seq }) => {
    remember(['origin', key, seq]);
  });
  const store = createRememberingStore(clock.now, remember);
  let mode: Mode = definition.mode;
  let secret = definition.app.clientSecret;
  const userStatuses = createUserStatuses();
  const answered = new Map<number, Response>();
  for (const entry of entries) {
    await store.take(entry);
    if (entry[0] === 'label') redactor.label(entry[1], entry[2]);
    if (entry[0] === 'memory') restore(memory, entry);
    if (entry[0] === 'mode') mode = entry[1];
    if (entry[0] === 'secret') secret = entry[1];
    if (entry[0] === 'standing') userStatuses.set(entry[1] ?? undefined, entry[2] ?? undefined);
    if (entry[0] === 'answered') answered.set(entry[1].exchange, entry[1]);
    const login = entry[0] === 'origin' ? memory.logins.get(entry[2]) : undefined;
    if (entry[0] === 'origin' && login) origins.remember(entry[1], login);
  }
  reading = false;

  if (owned.batch === 0) for (const body of definition.begin) journal.record(body);
  const open = openOf(lines);
  const awaited = awaitedOf(entries, open, answered, lines);
  for (const { exchange, endpoint } of open.values()) {
    if (!awaited.has(exchange)) journal.record(answered.get(exchange) ?? unanswered(exchange, endpoint));
  }
  const { nameOf, answerOf } = options;
  const resent = createResent({ nameOf, answerOf, journal, remember, awaited: [...awaited.values()] });
  const ahead = aheadOf(awaited, lines);
  const appHeld = ahead === undefined ? undefined : resent.endOf(ahead);
  let handler: RequestListener = () => undefined;
  const { clientSecret: _first, ...app } = definition.app;
  const mock = await start({
    app: { ...app, ...(secret !== undefined && { clientSecret: secret }) },
    ...{ mode, redactor, now, store, rotation: definition.rotation, switches: definition.switches },
    record: (body) =>
      options.defer(body, journal) ? { seq: 0, t: 0, scenario: '', prev: '', ...body } : journal.record(body),
    tenancy: {
      ...{ identity, origins, clock, userStatuses },
      families: store.everyFamily().filter(({ label }) => label !== ''),
      open: (given) => {
        handler = given;
        return behind(urls);
      },
      hostOf: (request) => (options.isInstance(request) ? 'instance' : 'login'),
      settle: options.settle(journal, resent),
      takeover: {
        ...{ remember, resent, park: resent.park },
        gates: gatesOf(entries.filter(isOfGate), resent.endOf),
        faults: faultsOf(entries.filter(isOfFault), resent.endOf),
        records: entries.filter(isOfRecords),
        jobs: entries.filter(isOfJobs),
        since: definition.createdAt,
        ...(appHeld && { appHeld }),
      },
    },
  });
  // Nobody is being answered any more, but those that may come again.
  for (const { id, inFlight, label } of store.everyFamily()) {
    if (inFlight === null) continue;
    const winner = lines.findLast(
      (line) => line.kind === 'rotation' && line.family === label && line.outcome === 'rotated',
    );
    const ended = winner?.kind === 'rotation' ? resent.endOf(winner.exchange) : undefined;
    if (ended === undefined) await release(store, id, inFlight.generation);
    else void ended.then(() => release(store, id, inFlight.generation));
  }
  return {
    ...{ mock, handler, journal, resent, mode },
    control: remembered(mock.control, remember),
    families: () => mock.control.families().length,
  };
}

function restore(
  memory: RequestCorrelation,
  [, map, key, value]: Extract<Entry, readonly ['memory', ...unknown[]]>,
): void {
  if (map === 'codes') {
    const { login, uses } = value as { readonly login: number | null; readonly uses: number };
    memory.codes.set(String(key), { login: (login === null ? undefined : memory.logins.get(login)) ?? null, uses });
    return;
  }
  (memory[map] as Bounded<unknown, unknown>).set(key, value);
}

/** A login is kept once; a code names it. */
function bySeq(value: unknown): unknown {
  const { login, uses } = value as { readonly login: Login | null; readonly uses: number };
  return { login: login?.seq ?? null, uses };
}

/** What is changed from outside is kept too. Gates and faults tell for themselves. */
function remembered(control: Control, remember: (entry: Entry) => void): Control {
  return {
    ...control,
    setMode(mode) {
      remember(['mode', mode]);
      control.setMode(mode);
    },
    setUserStatus(standing, user) {
      control.setUserStatus(standing, user);
      remember(['standing', standing ?? null, user ?? null]);
    },
    reset() {
      control.reset();
      remember(['standing', null, null]);
    },
    advance(ms) {
      control.advance(ms);
      remember(['advance', ms]);
    },
    rotateSecret(secret) {
      remember(['secret', secret]);
      control.rotateSecret(secret);
    },
  };
}

/** It has no ports of its own: the service hands it its requests. */
function behind(urls: { readonly login: string; readonly instance: string }): Ports {
  return {
    urls,
    hostOf: () => undefined,
    openUntrusted: async () => Promise.reject(new Error('a shared service opens no origin for one tenant')),
    refuse: () => undefined,
    close: async () => undefined,
  };
}

async function release({ families }: RememberingStore, id: string, generation: number): Promise<void> {
  for (;;) {
    const family = await families.read(id);
    if (family?.inFlight?.generation !== generation) return;
    if (await families.replace({ ...released(family, generation), version: family.version + 1 })) return;
  }
}

const isOfGate = (entry: Entry): entry is GateEntry =>
  entry[0] === 'gate' || entry[0] === 'held' || entry[0] === 'opened' || entry[0] === 'closed';
const isOfFault = (entry: Entry): entry is FaultEntry =>
  entry[0] === 'fault' || entry[0] === 'prepared' || entry[0] === 'struck' || entry[0] === 'disarmed';
const isOfRecords = (entry: Entry): entry is RecordEntry =>
  entry[0] === 'row' || entry[0] === 'row-gone' || entry[0] === 'query';
const isOfJobs = (entry: Entry): entry is JobEntry =>
  entry[0] === 'job' || entry[0] === 'job-state' || entry[0] === 'job-batch' || entry[0] === 'job-gone';

const highest = (numbers: readonly number[]): number => numbers.reduce((most, one) => Math.max(most, one), 0);
