/** Defines rotation policies as data: how Salesforce and other servers handle a refresh token that is used twice. */
import { HarnessError } from '../../src/errors.ts';

/** A rotation policy. */
export interface Preset {
  readonly name: string;
  /** Whether a refresh issues a new refresh token; without it the old one stays valid. */
  readonly rotates: boolean;
  /** What happens when the token is used again before its first use was answered. `refuse`: "token request is already being processed",
   * nothing is revoked. `revoke`: reuse. `repeat`: the same answer. */
  readonly whileInFlight: 'refuse' | 'revoke' | 'repeat';
  /** What happens when the previous token is used again after its first use was answered. Older tokens always count as reuse. */
  readonly afterwards:
    | { readonly kind: 'revoke' }
    /** The same answer, for this many milliseconds after the rotation. */
    | { readonly kind: 'repeat-within'; readonly ms: number }
    /** The same answer, until the token that it issued is used. */
    | { readonly kind: 'repeat-until-used' };
}

const NAMED: readonly Preset[] = [
  { name: 'salesforce', rotates: true, whileInFlight: 'refuse', afterwards: { kind: 'revoke' } },
  { name: 'strict', rotates: true, whileInFlight: 'revoke', afterwards: { kind: 'revoke' } },
  { name: 'idempotent-child', rotates: true, whileInFlight: 'repeat', afterwards: { kind: 'repeat-until-used' } },
  { name: 'off', rotates: false, whileInFlight: 'refuse', afterwards: { kind: 'revoke' } },
];

/** Returns the preset with a name: `salesforce`, `strict`, `grace:<seconds>`, `idempotent-child` or `off`.
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
