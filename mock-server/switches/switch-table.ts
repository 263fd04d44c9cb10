/** Every switch of the mock as data: what it does, where that is known from, and how sure it is. `docs/mock/switches.md` is made of this table. */
import { API_SWITCHES } from './api-switches.ts';
import { FLOW_SWITCHES } from './flow-switches.ts';
import { LOGIN_SWITCHES } from './login-switches.ts';
import { TOKEN_SWITCHES } from './token-switches.ts';

/** All switches by name. */
export const SWITCHES = { ...LOGIN_SWITCHES, ...TOKEN_SWITCHES, ...FLOW_SWITCHES, ...API_SWITCHES };
