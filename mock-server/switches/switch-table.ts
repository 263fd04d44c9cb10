/** Lists every switch of the mock as data: what it does, the source, and how certain that is. `docs/mock/switches.md` is generated from
 * this table. */
import { API_SWITCHES } from './api-switches.ts';
import { FLOW_SWITCHES } from './flow-switches.ts';
import { LOGIN_SWITCHES } from './login-switches.ts';
import { TOKEN_SWITCHES } from './token-switches.ts';

/** All switches by name. */
export const SWITCHES = { ...LOGIN_SWITCHES, ...TOKEN_SWITCHES, ...FLOW_SWITCHES, ...API_SWITCHES };
