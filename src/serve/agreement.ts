/** With a real org, requires a confirmation before anything that may end the connection of a user. */
import { BadRequest } from '../../mock-server/management/management.ts';
import type { Control, FaultOptions, GateOptions } from '../../mock-server/mock.ts';
import { FAULTS, HOLD_WARNING } from '../upstream/control.ts';

/** What an action of the dashboard may do to a user of a real org; other actions do nothing of that kind. */
export const ACTION_WARNINGS: Readonly<Record<string, string>> = {
  lose: FAULTS['reset-after-commit'] ?? '',
  truncate: FAULTS['truncated-body'] ?? '',
  hold: HOLD_WARNING,
};

/** What a guided scenario may do to a user of a real org. */
export const SCENARIO_WARNING =
  'This scenario holds, refuses or loses what passes between the client and a real org. The org may end the connection of this user, who then has to sign in again.';

/** Actions that only the mock can carry out, not a gateway to a real org. */
export const ONLY_WITH_MOCK: ReadonlySet<string> = new Set(['reject', 'steal', 'busy']);

const warningOfGate = ({ point }: GateOptions): string | undefined =>
  point.startsWith('refresh-') || point === 'code-request' ? HOLD_WARNING : undefined;

const warningOfFault = ({ fault }: FaultOptions): string | undefined => FAULTS[fault];

/** Throws BadRequest with the warning, unless the user has confirmed it. */
export function assertAgreed(warning: string | undefined, confirmed: boolean | undefined): void {
  if (warning !== undefined && confirmed !== true) {
    throw new BadRequest(`${warning} To do it all the same, send it again with "confirm": true.`);
  }
}

/** Returns the control for the management port of a session with a real org.
 * @param recording control that chooses the live scenario under which later events are recorded
 * @param control control that refuses what only the server itself could do */
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
