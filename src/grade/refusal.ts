/** Which answers of the strict mock mean that the partner rule was enforced on the client. */
import type { Response } from '../history/event.ts';

/** Rules that hold in every mode: observing would refuse the same, so they say nothing about strictness. */
const ALWAYS =
  /^(?:refresh-token-|code-reuse|expired-code|foreign-code|grant-type|immediate|oidc-provider|use-get|use-post)/u;

/** Returns whether a refusal enforced the partner rule: an observing mock would have let it pass (design, decision 3). */
export const isRefusal = ({ deniedBy }: Pick<Response, 'deniedBy'>): boolean =>
  deniedBy !== undefined && !ALWAYS.test(deniedBy);
