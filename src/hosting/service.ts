/** Defines what the routes and pages of an instance share. */
import type { KeyObject } from 'node:crypto';
import type { Context } from 'koa';
import type { RequestCounts } from './metrics.ts';
import type { Registry } from './runs/registry.ts';
import type { OpenId } from './sign-in/openid.ts';
import type { Database } from './store/open.ts';
import type { Store } from './store/store.ts';

/** The parts of an instance that its routes and pages use. */
export interface Service {
  readonly db: Database;
  readonly store: Store;
  readonly registry: Registry;
  readonly requests: RequestCounts;
  /** Passes a request about a run on to the instance that owns it. False: it is to be answered here. */
  readonly passOn: (run: string, ctx: Context) => Promise<boolean>;
  /** Key that signs reports. */
  readonly key: KeyObject;
  /** Public origin, without a slash at the end. */
  readonly origin: string;
  /** Sign-in by OpenID Connect, where the operator has an issuer. */
  readonly openId: OpenId | undefined;
  /** Webhooks may lead to private addresses too, and be plain HTTP. */
  readonly privateWebhooks: boolean;
  /** Reports an unexpected error to the operator. */
  readonly complain: (error: unknown) => void;
}
