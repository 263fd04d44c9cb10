/** Lists the requests of the management port that change a mock or report its state. */
import { ARMING } from './arming-commands.ts';
import type { CommandContext } from './command.ts';
import type { Route } from './route.ts';
import { SETTINGS } from './setting-commands.ts';
import { STATE } from './state-command.ts';
import { TOKENS } from './token-commands.ts';

/** All commands, in the order of the OpenAPI description. */
export const COMMANDS: readonly Route<CommandContext>[] = [STATE, ...TOKENS, ...ARMING, ...SETTINGS];
