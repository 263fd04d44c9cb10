/** Defines what the commands of the management port act on. */
import type { ArmedFault, Gate, Mock, Mode } from '../mock.ts';
import { routesIn } from './route.ts';

/** The modes that a mock can be set to. */
export const MODES = ['strict', 'salesforce', 'observing'] as const satisfies readonly Mode[];

/** The controlled mock, and what was armed through this port. */
export interface CommandContext {
  readonly mock: Pick<Mock, 'loginUrl' | 'instanceUrl' | 'control' | 'open'>;
  mode: Mode;
  faults: readonly ArmedFault[];
  readonly gates: Map<string, Gate>;
}

/** Creates the context of one port.
 * @param mode the mode that the mock was started in */
export const createCommandContext = (mock: CommandContext['mock'], mode: Mode): CommandContext => ({
  ...{ mock, mode, faults: [], gates: new Map() },
});

/** Describes one command: path, body, answer, and what it does. */
export const command = routesIn<CommandContext>();
