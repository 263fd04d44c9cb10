/**
 * Tenants in Redis: who they are, who owns each now, and all that happened. A tenant is owned by one instance at a time. Owners are fenced: whoever takes a
 * tenant over raises its epoch, and a commit of an earlier epoch changes nothing.
 */
import { steadyFrom } from '../clock.ts';
import type { RedisLink } from '../store/redis-link.ts';
import { createSealer } from '../store/sealer.ts';
import { definitionSchema, type Definition } from './definition.ts';
import type { Entry } from './entry.ts';

/** An answer that was let go, so that the same request sent again gets it again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** base64 */
  readonly body: string;
}

/** All that changed between two moments at which no request was half done. */
export interface Batch {
  /** Lines without their link, in order. */
  readonly lines: readonly string[];
  /** Number of the first line. */
  readonly from: number;
  readonly entries: readonly Entry[];
  readonly answers: readonly (readonly [id: string, answer: KeptAnswer])[];
}

export interface Owned {
  readonly epoch: number;
  /** When it was taken over, by the clock of Redis, which is one for all instances: milliseconds of the epoch. */
  readonly at: number;
  readonly definition: Definition;
  /** Number of the last batch. */
  readonly batch: number;
  readonly lines: readonly string[];
  readonly entries: readonly Entry[];
  /** How much all that takes. */
  readonly bytes: number;
}

export type Acquired =
  | { readonly kind: 'none' }
  | { readonly kind: 'held'; readonly by: string }
  | { readonly kind: 'yours'; readonly owned: Owned };

export interface Keeper {
  /** The clock of Redis: milliseconds of the epoch. */
  time(): Promise<number>;
  /** False when there is a tenant of that name. */
  define(definition: Definition): Promise<boolean>;
  names(): Promise<readonly string[]>;
  /** Takes the tenant over unless another owns it. @param dead an owner that is known to be gone */
  acquire(tenant: string, me: string, dead?: string): Promise<Acquired>;
  /** Keeps a batch in one step: how much it took. False: another owns the tenant now, and nothing was kept. */
  commit(tenant: string, me: string, epoch: number, number: number, batch: Batch): Promise<number | false>;
  answer(tenant: string, id: string): Promise<KeptAnswer | undefined>;
  /** Keeps what is owned for another while. Resolves with those that somebody else owns by now. */
  renew(tenants: readonly string[], me: string): Promise<readonly string[]>;
  release(tenant: string, me: string): Promise<void>;
  /** Whether it is still this one who owns it. */
  owns(tenant: string, who: string): Promise<boolean>;
  /** The lines of history that are kept, without their links. */
  lines(tenant: string): Promise<readonly string[]>;
}

/** An owner that says nothing for so long has lost its tenants. */
export const LEASE_MS = 3_000;
/** So long the same request, sent again, gets the same answer. */
const ANSWERS_MS = 60_000;

const DEFINE = `
if redis.call('HSETNX', KEYS[1], 'definition', ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'batch', 0, 'epoch', 0)
return 1`;
const ACQUIRE = `
local definition = redis.call('HGET', KEYS[2], 'definition')
if not definition then return {'none'} end
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] and holder ~= ARGV[3] then return {'held', holder} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local epoch = redis.call('HINCRBY', KEYS[2], 'epoch', 1)
return {'yours', epoch, definition, redis.call('HGET', KEYS[2], 'batch'), redis.call('TIME')}`;
/** Values: epoch, batch, owner, lease, number of the first line, how many lines, entries, how long answers are kept, lines …, answers … */
const COMMIT = `
if redis.call('HGET', KEYS[2], 'epoch') ~= ARGV[1] then return 0 end
local last = tonumber(redis.call('HGET', KEYS[2], 'batch'))
if last == tonumber(ARGV[2]) then return 1 end
if last ~= tonumber(ARGV[2]) - 1 then return 0 end
local count = tonumber(ARGV[6])
for at = 1, count do
  redis.call('XADD', KEYS[3], (tonumber(ARGV[5]) + at - 1) .. '-1', 'event', ARGV[8 + at])
end
if ARGV[7] ~= '' then redis.call('RPUSH', KEYS[4], ARGV[7]) end
for at = 5, #KEYS do redis.call('SET', KEYS[at], ARGV[8 + count + at - 4], 'PX', ARGV[8]) end
redis.call('HSET', KEYS[2], 'batch', ARGV[2])
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
return 1`;
type AcquireAnswer =
  | readonly ['none', ...undefined[]]
  | readonly ['held', by: string, ...undefined[]]
  | readonly ['yours', epoch: number, definition: string, batch: string, time: readonly string[]];
const RENEW = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
if owner then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

/** What Redis calls the time: seconds, and microseconds of the next one. */
const millisecondsOf = ([seconds = 0, microseconds = 0]: readonly (string | number)[]): number =>
  Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);

/** @param name of the service; `key`: 32 bytes that all its instances know and Redis does not */
export function createKeeper(link: RedisLink, name: string, key: Buffer): Keeper {
  const sealer = createSealer(key);
  const place = (tenant: string, what: string) => `{sfc:${name}:${tenant}}:${what}`;
  const at = (tenant: string) => ({
    owner: place(tenant, 'owner'),
    about: place(tenant, 'about'),
    history: place(tenant, 'history'),
    entries: place(tenant, 'entries'),
    answer: (id: string) => place(tenant, `answer:${sealer.name(id)}`),
  });
  const all = `{sfc:${name}}:tenants`;
  const lines = async (tenant: string) => {
    const entries = (await link.send('XRANGE', at(tenant).history, '-', '+')) as [string, string[]][];
    return entries.map(([, [, event = '']]) => event);
  };
  return {
    time: async () => millisecondsOf((await link.send('TIME')) as string[]),
    async define(definition) {
      const { about } = at(definition.name);
      const values = [sealer.seal(JSON.stringify(definition), about)];
      if ((await link.run({ text: DEFINE, keys: [about], values })) !== 1) return false;
      await link.send('SADD', all, definition.name);
      return true;
    },
    names: async () => ((await link.send('SMEMBERS', all)) as string[]).sort(),
    async acquire(tenant, me, dead = '') {
      const { owner, about, entries } = at(tenant);
      const values = [me, String(LEASE_MS), dead];
      const answer = await link.run({ text: ACQUIRE, keys: [owner, about], values });
      const [kind, second, definition, batch, time] = answer as AcquireAnswer;
      if (kind === 'none') return { kind };
      if (kind === 'held') return { kind, by: second };
      const steady = steadyFrom(millisecondsOf(time));
      const batches = (await link.send('LRANGE', entries, '0', '-1')) as string[];
      const history = await lines(tenant);
      return {
        kind: 'yours',
        owned: {
          epoch: second,
          at: steady(),
          definition: definitionSchema.parse(JSON.parse(sealer.open(definition, about))),
          batch: Number(batch),
          lines: history,
          bytes: [...batches, ...history].reduce((sum, { length }) => sum + length, 0),
          entries: batches.flatMap((sealed) => JSON.parse(sealer.open(sealed, entries)) as Entry[]),
        },
      };
    },
    async commit(tenant, me, epoch, number, batch) {
      const { owner, about, history, entries, answer } = at(tenant);
      const sealed = batch.entries.length === 0 ? '' : sealer.seal(JSON.stringify(batch.entries), entries);
      const answers = batch.answers.map(([id, kept]) => [answer(id), kept] as const);
      const values = [sealed, ...batch.lines, ...answers.map(([key, one]) => sealer.seal(JSON.stringify(one), key))];
      const kept = await link.run({
        text: COMMIT,
        keys: [owner, about, history, entries, ...answers.map(([key]) => key)],
        values: [
          ...[epoch, number].map(String),
          me,
          ...[LEASE_MS, batch.from, batch.lines.length].map(String),
          sealed,
          String(ANSWERS_MS),
          ...values.slice(1),
        ],
      });
      return kept === 1 && values.reduce((sum, { length }) => sum + length, 0);
    },
    async answer(tenant, id) {
      const key = at(tenant).answer(id);
      const sealed = await link.send('GET', key);
      return typeof sealed === 'string' ? (JSON.parse(sealer.open(sealed, key)) as KeptAnswer) : undefined;
    },
    async renew(tenants, me) {
      // Tenants lie in slots of their own: one call each, all at once.
      const values = [me, String(LEASE_MS)];
      const owned = await Promise.all(
        tenants.map((tenant) => link.run({ text: RENEW, keys: [at(tenant).owner], values })),
      );
      return tenants.filter((_, index) => owned[index] === 0);
    },
    owns: async (tenant, who) => (await link.send('GET', at(tenant).owner)) === who,
    async release(tenant, me) {
      await link.run({ text: RELEASE, keys: [at(tenant).owner], values: [me] });
    },
    lines,
  };
}
