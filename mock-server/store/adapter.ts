/** oidc-provider's models on the mock's store. Its token models are read out of the families instead. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { machineAheadMs } from '../clock.ts';
import type { Model, ModelStore } from './store.ts';

/** Finds the token model that a raw token stands for; undefined for a dead or unknown one. */
export type FindToken = (kind: 'AccessToken' | 'RefreshToken', raw: string) => Promise<Model | undefined>;

/** The adapter factory of one provider. */
export function createAdapters(models: ModelStore, findToken: FindToken): AdapterFactory {
  return (kind) => (kind === 'AccessToken' || kind === 'RefreshToken' ? tokens(kind, findToken) : kept(kind, models));
}

function kept(kind: string, models: ModelStore): Adapter {
  return {
    upsert: (id, payload, expiresIn) => models.put(kind, id, structuredClone(shifted(payload, -1)), expiresIn),
    find: async (id) => copy(await models.get(kind, id), 1),
    findByUid: async (uid) => copy(await models.byUid(kind, uid), 1),
    findByUserCode: never,
    destroy: (id) => models.remove(kind, id),
    consume: never,
    revokeByGrantId: never,
  };
}

function tokens(kind: 'AccessToken' | 'RefreshToken', findToken: FindToken): Adapter {
  return {
    upsert: never,
    find: async (id) => copy(await findToken(kind, id)),
    findByUid: never,
    findByUserCode: never,
    destroy: never,
    consume: never,
    revokeByGrantId: never,
  };
}

const copy = (model: Model | undefined, sign: 0 | 1 = 0): AdapterPayload | undefined =>
  model && shifted(structuredClone(model), sign);

/** oidc-provider stamps and judges by the machine's clock, which may be set in between; what is kept is stamped by one that cannot be. */
function shifted(payload: Readonly<Record<string, unknown>>, sign: -1 | 0 | 1): AdapterPayload {
  const seconds = sign * Math.round(machineAheadMs() / 1000);
  const stamps = ['iat', 'exp', 'loginTs'].flatMap((name) =>
    typeof payload[name] === 'number' ? [[name, payload[name] + seconds] as const] : [],
  );
  return { ...payload, ...Object.fromEntries(stamps) };
}

/** Consuming and revoking are decided by compare-and-set on the family (rotation/ledger.ts), never by oidc-provider. */
const never = async (): Promise<undefined> => {
  throw new Error('oidc-provider asked its adapter for something that the families decide');
};
