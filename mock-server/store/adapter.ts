/** Stores oidc-provider's models in the mock's store. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Model, ModelStore } from './store.ts';

/** Options of `createAdapters`. */
export interface AdapterOptions {
  readonly models: ModelStore;
  /** Returns how far oidc-provider's clock is ahead of the clock of stored models, in milliseconds. */
  readonly machineAheadMs: () => number;
  /** Longest lifetime of each kind, in seconds. */
  readonly ttl: Readonly<Record<string, number>>;
}

/** Returns the adapter factory of one provider. */
export function createAdapters({ models, machineAheadMs, ttl }: AdapterOptions): AdapterFactory {
  const aheadSeconds = () => Math.round(machineAheadMs() / 1000);
  const read = (model: Model | undefined) => model && shifted(structuredClone(model), aheadSeconds());
  return (kind): Adapter => ({
    upsert(id, payload, expiresIn) {
      const most = ttl[kind] ?? Infinity;
      // Other values were computed while the machine's clock was changed.
      const seconds = expiresIn === undefined || (expiresIn > 0 && expiresIn <= most) ? expiresIn : most;
      const exp = Math.floor(Date.now() / 1000) + (seconds ?? 0);
      const whole = typeof payload.exp === 'number' ? { ...payload, exp } : payload;
      return models.put(kind, id, structuredClone(shifted(whole, -aheadSeconds())), seconds);
    },
    find: async (id) => read(await models.get(kind, id)),
    findByUid: async (uid) => read(await models.byUid(kind, uid)),
    findByUserCode: neverUsed,
    destroy: (id) => models.remove(kind, id),
    consume: neverUsed,
    revokeByGrantId: neverUsed,
  });
}

/** Converts times between oidc-provider's clock, which may be changed, and the clock of stored models, which cannot. */
function shifted(payload: Readonly<Record<string, unknown>>, seconds: number): AdapterPayload {
  const stamps = ['iat', 'exp', 'loginTs'].flatMap((name) =>
    typeof payload[name] === 'number' ? [[name, payload[name] + seconds] as const] : [],
  );
  return { ...payload, ...Object.fromEntries(stamps) };
}

/** Tokens are not stored by oidc-provider here: nothing is consumed or revoked. */
const neverUsed = async (): Promise<undefined> => {
  throw new Error('oidc-provider called a method of its adapter that belongs to tokens');
};
