/** oidc-provider's models on the mock's store. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Model, ModelStore } from './store.ts';

export interface AdapterOptions {
  readonly models: ModelStore;
  /** How far the clock that oidc-provider goes by is ahead of the one that stored models are stamped by, in milliseconds. */
  readonly machineAheadMs: () => number;
  /** How long each kind may live, in seconds. */
  readonly ttl: Readonly<Record<string, number>>;
}

/** Returns the adapter factory of one provider. */
export function createAdapters({ models, machineAheadMs, ttl }: AdapterOptions): AdapterFactory {
  const aheadSeconds = () => Math.round(machineAheadMs() / 1000);
  const read = (model: Model | undefined) => model && shifted(structuredClone(model), aheadSeconds());
  return (kind): Adapter => ({
    upsert(id, payload, expiresIn) {
      const most = ttl[kind] ?? Infinity;
      // Anything else was computed while the machine's clock was being set.
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

/** oidc-provider stamps and judges by the machine's clock, which may be set in between; stored models are stamped by one that cannot be. */
function shifted(payload: Readonly<Record<string, unknown>>, seconds: number): AdapterPayload {
  const stamps = ['iat', 'exp', 'loginTs'].flatMap((name) =>
    typeof payload[name] === 'number' ? [[name, payload[name] + seconds] as const] : [],
  );
  return { ...payload, ...Object.fromEntries(stamps) };
}

/** Tokens are not among oidc-provider's models here: nothing is consumed or revoked. */
const neverUsed = async (): Promise<undefined> => {
  throw new Error('oidc-provider called a method of its adapter that belongs to tokens');
};
