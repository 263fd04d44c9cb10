/** oidc-provider's models on the mock's store. Its token models are read out of the families instead. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Model, ModelStore } from './store.ts';

/** Finds the token model that a raw token stands for; undefined for a dead or unknown one. */
export type FindToken = (kind: 'AccessToken' | 'RefreshToken', raw: string) => Promise<Model | undefined>;

export interface AdapterParts {
  readonly models: ModelStore;
  readonly findToken: FindToken;
  /** How far the clock that oidc-provider goes by is ahead of the one that what is kept is stamped by, in milliseconds. */
  readonly machineAheadMs: () => number;
  /** How long each kind may live, in seconds. */
  readonly ttl: Readonly<Record<string, number>>;
}

/** The adapter factory of one provider. */
export function createAdapters(parts: AdapterParts): AdapterFactory {
  return (kind) =>
    kind === 'AccessToken' || kind === 'RefreshToken' ? tokens(kind, parts.findToken) : kept(kind, parts);
}

function kept(kind: string, { models, machineAheadMs, ttl }: AdapterParts): Adapter {
  const aheadSeconds = () => Math.round(machineAheadMs() / 1000);
  const read = (model: Model | undefined) => model && shifted(structuredClone(model), aheadSeconds());
  return {
    upsert(id, payload, expiresIn) {
      const most = ttl[kind] ?? Infinity;
      // Anything else was reckoned across a moment at which the machine's clock was set.
      const seconds = expiresIn === undefined || (expiresIn > 0 && expiresIn <= most) ? expiresIn : most;
      const exp = Math.floor(Date.now() / 1000) + (seconds ?? 0);
      const whole = typeof payload.exp === 'number' ? { ...payload, exp } : payload;
      return models.put(kind, id, structuredClone(shifted(whole, -aheadSeconds())), seconds);
    },
    find: async (id) => read(await models.get(kind, id)),
    findByUid: async (uid) => read(await models.byUid(kind, uid)),
    findByUserCode: never,
    destroy: (id) => models.remove(kind, id),
    consume: never,
    revokeByGrantId: never,
  };
}

function tokens(kind: 'AccessToken' | 'RefreshToken', findToken: FindToken): Adapter {
  return {
    upsert: never,
    find: async (id) => {
      const model = await findToken(kind, id);
      return model && structuredClone(model);
    },
    findByUid: never,
    findByUserCode: never,
    destroy: never,
    consume: never,
    revokeByGrantId: never,
  };
}

/** oidc-provider stamps and judges by the machine's clock, which may be set in between; what is kept is stamped by one that cannot be. */
function shifted(payload: Readonly<Record<string, unknown>>, seconds: number): AdapterPayload {
  const stamps = ['iat', 'exp', 'loginTs'].flatMap((name) =>
    typeof payload[name] === 'number' ? [[name, payload[name] + seconds] as const] : [],
  );
  return { ...payload, ...Object.fromEntries(stamps) };
}

/** Consuming and revoking are decided by compare-and-set on the family (rotation/tokenFamilies.ts), never by oidc-provider. */
const never = async (): Promise<undefined> => {
  throw new Error('oidc-provider asked its adapter for something that the families decide');
};
