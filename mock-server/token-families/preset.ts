/** Rotation policies as data: what other servers, and Salesforce, do when a refresh token comes twice. */
import { HarnessError } from '../../src/errors.ts';

export interface Preset {
  readonly name: string;
  /** False: a refresh gives no new refresh token and the old one stays good. */
  readonly rotates: boolean;
  /** The same token again while the first presentation has not been answered.
   * `refuse`: "token request is already being processed", nothing revoked. `revoke`: reuse. `repeat`: the same answer. */
  readonly whileInFlight: 'refuse' | 'revoke' | 'repeat';
  /** The previous token again after the first presentation was answered. Older ones are always reuse. */
  readonly afterwards:
    | { readonly kind: 'revoke' }
    /** The same answer within so many milliseconds of the rotation. */
    | { readonly kind: 'repeat-within'; readonly ms: number }
    /** The same answer until the token that it gave is presented. */
    | { readonly kind: 'repeat-until-used' };
}

const NAMED: readonly Preset[] = [
  { name: 'salesforce', rotates: true, whileInFlight: 'refuse', afterwards: { kind: 'revoke' } },
  { name: 'strict', rotates: true, whileInFlight: 'revoke', afterwards: { kind: 'revoke' } },
  { name: 'idempotent-child', rotates: true, whileInFlight: 'repeat', afterwards: { kind: 'repeat-until-used' } },
  { name: 'off', rotates: false, whileInFlight: 'refuse', afterwards: { kind: 'revoke' } },
];

/** The preset of a name: `salesforce`, `strict`, `grace:<seconds>`, `idempotent-child`, `off`.
 * @throws HarnessError `unknown-rotation` */
export function presetOf(name: string): Preset {
  const named = NAMED.find((preset) => preset.name === name);
  if (named !== undefined) return named;
  const seconds = /^grace:(\d{1,7})$/.exec(name)?.[1];
  if (seconds !== undefined) {
    return {
      name,
      rotates: true,
      whileInFlight: 'repeat',
      afterwards: { kind: 'repeat-within', ms: Number(seconds) * 1000 },
    };
  }
  throw new HarnessError(
    'unknown-rotation',
    `There is no rotation preset "${name.slice(0, 40)}".`,
    'Use salesforce, strict, grace:<seconds>, idempotent-child or off.',
  );
}
