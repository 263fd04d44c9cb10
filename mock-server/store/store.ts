/** What the mock keeps, behind an interface that a network store can fill as well: every call may take its time. */
import type { FamilyRecord } from '../token-families/family.ts';

export interface FamilyStore {
  read(id: string): Promise<FamilyRecord | undefined>;
  /** Atomic: of all calls with one id exactly one returns true, ever. */
  create(record: FamilyRecord): Promise<boolean>;
  /** Atomic compare-and-set: stores the record if the stored one has the version before, else returns false. */
  replace(record: FamilyRecord): Promise<boolean>;
  /** Counts families from 1 without giving a number twice. */
  next(): Promise<number>;
}

/** A model of oidc-provider as it hands it over: plain data. */
export type Model = Readonly<Record<string, unknown>>;

/** Sessions, interactions, grants and codes of oidc-provider, by the name of the model. */
export interface ModelStore {
  /** @param ttlSeconds it may be forgotten after that; it is never found after that. */
  put(kind: string, id: string, model: Model, ttlSeconds: number | undefined): Promise<void>;
  get(kind: string, id: string): Promise<Model | undefined>;
  /** The model whose `uid` it is. */
  byUid(kind: string, uid: string): Promise<Model | undefined>;
  remove(kind: string, id: string): Promise<void>;
}

export interface Store {
  readonly families: FamilyStore;
  readonly models: ModelStore;
}
