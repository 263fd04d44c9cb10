/** With a real org: asks for agreement before anything is armed that may end the connection of a user. */
import { BadRequest } from '../../mock-server/management/management.ts';
import type { Control, FaultOptions, GateOptions } from '../../mock-server/mock.ts';
import { FAULTS, HOLD_WARNING } from '../upstream/control.ts';

/** What an action of the dashboard may do to a user of a real org; actions that are not here do nothing of that kind. */
export const ACTION_WARNINGS: Readonly<Record<string, string>> = {
  lose: FAULTS['reset-after-commit'] ?? '',
  truncate: FAULTS['truncated-body'] ?? '',
  hold: HOLD_WARNING,
};

/** What a guided scenario may do to a user of a real org. */
export const SCENARIO_WARNING =
  'This scenario holds, refuses or loses what passes between the client and a real org. The org may end the connection of this user, who then has to sign in again.';

/** Actions of the dashboard that a real org has no part in, and those that only the mock can carry out. */
export const ONLY_WITH_MOCK: ReadonlySet<string> = new Set(['reject', 'steal', 'busy']);

const warningOfGate = ({ point }: GateOptions): string | undefined =>
  point.startsWith('refresh-') || point === 'code-request' ? HOLD_WARNING : undefined;

const warningOfFault = ({ fault }: FaultOptions): string | undefined => FAULTS[fault];

/** Throws BadRequest with what may happen, unless a person has agreed to it. */
export function assertAgreed(warning: string | undefined, confirmed: boolean | undefined): void {
  if (warning !== undefined && confirmed !== true) {
    throw new BadRequest(`${warning} To do it all the same, send it again with "confirm": true.`);
  }
}

/**
 * Returns the control of the management port of a session with a real org.
 *
 * @param recording chooses the track under which what follows is recorded
 * @param control refuses what only the server itself could do
 */
export const withAgreement = (recording: Control, control: Control): Control => ({
  ...control,
  expireAccessTokens: (family) => {
    recording.expireAccessTokens(family);
  },
  refuseConnections: (on) => {
    recording.refuseConnections(on);
  },
  reset: () => {
    recording.reset();
  },
  hold(options) {
    assertAgreed(warningOfGate(options), options.confirmed);
    return recording.hold(options);
  },
  inject(options) {
    assertAgreed(warningOfFault(options), options.confirmed);
    if (!Object.hasOwn(FAULTS, options.fault)) return control.inject(options);
    return recording.inject(options);
  },
});
