/** What of the platform is not known for sure, or differs between orgs, each behind a name. */
import { Trouble } from '../../src/trouble.ts';

export interface Switches {
  /** Status of `invalid_client`: Salesforce has only been seen to send 400; RFC 6749 §5.2 allows 401. */
  readonly invalidClientStatus: 400 | 401;
  /** A wrong verifier uses the code up. */
  readonly burnCodeOnWrongVerifier: boolean;
  /** The second use of a code revokes what the first use gave (RFC 6749 §4.1.2); never while observing. */
  readonly codeReuseRevokes: boolean;
  /** A `~` in a verifier is refused, as some have reported of the platform; RFC 7636 §4.1 allows it. */
  readonly refuseTilde: boolean;
  /** So many approvals per user and app live; one more ends the oldest. Salesforce: 5. 0: no limit. */
  readonly approvalLimit: number;
  /** Reuse of one family's token ends all families of that user and app, as some say of the platform. */
  readonly reuseRevokesUser: boolean;
}

const DEFAULTS: Switches = {
  invalidClientStatus: 400,
  burnCodeOnWrongVerifier: true,
  codeReuseRevokes: false,
  refuseTilde: false,
  approvalLimit: 0,
  reuseRevokesUser: false,
};

/** Fills up what is not set. @throws Trouble `unknown-switch`, `bad-switch` */
export function readSwitches(given: Readonly<Record<string, unknown>> = {}): Switches {
  for (const [name, value] of Object.entries(given)) {
    const known = Object.entries(DEFAULTS).find(([key]) => key === name);
    if (known === undefined) {
      throw new Trouble(
        'unknown-switch',
        `The mock has no switch "${name.slice(0, 40)}".`,
        `It has: ${Object.keys(DEFAULTS).join(', ')}.`,
      );
    }
    if (typeof value !== typeof known[1]) {
      throw new Trouble(
        'bad-switch',
        `The switch "${name}" is a ${typeof known[1]}, not a ${typeof value}.`,
        `Set it to something like ${String(known[1])}.`,
      );
    }
  }
  const switches = { ...DEFAULTS, ...given };
  const { invalidClientStatus: status, approvalLimit: limit } = switches;
  if (![400, 401].includes(status)) {
    throw new Trouble('bad-switch', 'invalidClientStatus is neither 400 nor 401.', 'Set it to 400 or 401.');
  }
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw new Trouble('bad-switch', 'approvalLimit is no number from 0 upwards.', 'Set it to 0 (no limit) or 5.');
  }
  return switches;
}
