/** The store that several processes share: Redis. Every change is one script, hence one step, and may be sent twice. */
import { randomUUID } from 'node:crypto';
import { steadyNow } from '../clock.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import type { RedisLink } from './redis-link.ts';
import { createSealer, type Sealer } from './sealer.ts';
import type { FamilyStore, Model, ModelStore, Store } from './store.ts';

export interface RedisStoreOptions {
  readonly link: RedisLink;
  /** What the names of all keys begin with: two stores of one name are one store. */
  readonly name: string;
  /** 32 bytes that all who share the store know: records and models are sealed with it. */
  readonly key: Buffer;
  /** The mock's own clock, in milliseconds of the epoch. */
  readonly clock?: () => number;
}

/** A store in Redis. Nothing raw is readable there: records are sealed, and ids that are secrets are keyed digests. */
export function createRedisStore({ link, name, key, clock = steadyNow }: RedisStoreOptions): Store {
  const sealer = createSealer(key);
  // One hash slot for all of it: a script touches several keys.
  const place = (...words: readonly string[]) => [`{sfc:${name}}`, ...words].join(':');
  return { families: families(link, place, sealer), models: models(link, place, sealer, clock) };
}

type Place = (...words: readonly string[]) => string;

/**
 * Compare-and-set. Expected version (empty: none there), new version, record, and who writes: a writer that lost its connection asks again
 * and is told that it had won. Two writers of the same record are two.
 */
const SWAP = `
local held = redis.call('HGET', KEYS[1], 'version') or ''
if held == ARGV[2] and redis.call('HGET', KEYS[1], 'writer') == ARGV[4] then return 1 end
if held ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'record', ARGV[3], 'writer', ARGV[4])
return 1`;

function families(link: RedisLink, place: Place, sealer: Sealer): FamilyStore {
  const swap = async (record: FamilyRecord, expected: string) => {
    const at = place('family', record.id);
    const values = [expected, String(record.version), sealer.seal(JSON.stringify(record), at), randomUUID()];
    return (await link.run({ text: SWAP, keys: [at], values })) === 1;
  };
  return {
    async read(id) {
      const at = place('family', id);
      const sealed = await link.send('HGET', at, 'record');
      return typeof sealed === 'string' ? (JSON.parse(sealer.open(sealed, at)) as FamilyRecord) : undefined;
    },
    create: (record) => swap(record, ''),
    replace: (record) => swap(record, String(record.version - 1)),
    // Sent twice it may leave a number out, and gives none twice.
    next: async () => Number(await link.send('INCR', place('families'))),
  };
}

/** Takes a model away, and the way to it when it is still the newest of its uid. */
const FORGET = `
local function forget(at, id)
  local uid = redis.call('HGET', at, 'uid')
  redis.call('DEL', at)
  if uid and uid ~= '' and redis.call('GET', uid) == id then redis.call('DEL', uid) end
end`;
const REMOVE = `${FORGET}
forget(KEYS[1], ARGV[1])
return 1`;
/** Keys: the model, the way from its uid (or the model again). Values: id, model, uid key or nothing, milliseconds or nothing. */
const PUT = `${FORGET}
forget(KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], 'model', ARGV[2], 'uid', ARGV[3])
if ARGV[3] ~= '' then redis.call('SET', KEYS[2], ARGV[1]) end
if ARGV[4] ~= '' then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  if ARGV[3] ~= '' then redis.call('PEXPIRE', KEYS[2], ARGV[4]) end
end
return 1`;

interface Kept {
  readonly model: Model;
  /** On the mock's clock; null: no end. */
  readonly endsAt: number | null;
}

function models(link: RedisLink, place: Place, sealer: Sealer, clock: () => number): ModelStore {
  // Ids of codes are the codes themselves.
  const at = (kind: string, id: string) => place('model', kind, sealer.name(id));
  const way = (kind: string, uid: string) => place('uid', kind, sealer.name(uid));
  const read = async (model: string) => {
    const sealed = await link.send('HGET', model, 'model');
    if (typeof sealed !== 'string') return undefined;
    const kept = JSON.parse(sealer.open(sealed, model)) as Kept;
    // Redis drops it by the real clock and later; the mock's own clock, which may be put forward, decides.
    return kept.endsAt === null || kept.endsAt > clock() ? kept.model : undefined;
  };
  return {
    async put(kind, id, model, ttlSeconds) {
      const target = at(kind, id);
      const uid = typeof model['uid'] === 'string' ? way(kind, model['uid']) : '';
      const kept: Kept = { model, endsAt: ttlSeconds === undefined ? null : clock() + ttlSeconds * 1000 };
      const sealed = sealer.seal(JSON.stringify(kept), target);
      const ttl = ttlSeconds === undefined ? '' : String(Math.max(1, Math.ceil(ttlSeconds * 1000)));
      await link.run({ text: PUT, keys: [target, uid === '' ? target : uid], values: [target, sealed, uid, ttl] });
    },
    get: (kind, id) => read(at(kind, id)),
    async byUid(kind, uid) {
      const target = await link.send('GET', way(kind, uid));
      return typeof target === 'string' ? read(target) : undefined;
    },
    async remove(kind, id) {
      const target = at(kind, id);
      await link.run({ text: REMOVE, keys: [target], values: [target] });
    },
  };
}
