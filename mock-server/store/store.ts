/** Defines the interface of everything that the mock stores. Calls are asynchronous, so that a store may be slow. */
import type { FamilyRecord } from '../token-families/family.ts';

/** Token families, by id. */
export interface FamilyStore {
  read(id: string): Promise<FamilyRecord | undefined>;
  /** Stores a new record. Atomic: of all calls with one id exactly one resolves with true. */
  create(record: FamilyRecord): Promise<boolean>;
  /** Replaces a record whose version is one lower; otherwise resolves with false. Atomic. */
  replace(record: FamilyRecord): Promise<boolean>;
  /** Resolves with the number of the next family, from 1, never the same twice. */
  next(): Promise<number>;
}

/** Plain data, as oidc-provider passes its models. */
export type Model = Readonly<Record<string, unknown>>;

/** Sessions, interactions, grants and codes of oidc-provider, by the name of the model. */
export interface ModelStore {
  /** Stores a model under a kind and an id.
   * @param ttlSeconds lifetime; undefined: no limit */
  put(kind: string, id: string, model: Model, ttlSeconds: number | undefined): Promise<void>;
  get(kind: string, id: string): Promise<Model | undefined>;
  /** Resolves with the model that has this `uid`. */
  byUid(kind: string, uid: string): Promise<Model | undefined>;
  remove(kind: string, id: string): Promise<void>;
}

/** The stores of one mock. */
export interface Store {
  readonly families: FamilyStore;
  readonly models: ModelStore;
}
