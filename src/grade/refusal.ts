/** Recognizes answers with which the strict mock enforced the partner rule. */
import type { Response } from '../history/event.ts';

/** Rules that apply in every mode: observing mode refuses the same requests, so they show nothing about strict mode. */
const ALWAYS =
  /^(?:refresh-token-|code-reuse|expired-code|foreign-code|grant-type|immediate|oidc-provider|use-get|use-post)/u;

/** Returns whether a refusal enforced the partner rule: in observing mode the mock would have accepted the request. */
export const isRefusal = ({ deniedBy }: Pick<Response, 'deniedBy'>): boolean =>
  deniedBy !== undefined && !ALWAYS.test(deniedBy);
