import { denial } from '../salesforce/denial.ts';
import { appScopes, requestedScopes } from '../salesforce/scope.ts';
import type { AuthorizationRule, TokenRule } from './rule.ts';

/** Requires that every requested scope is one of the app's. In observing mode others are omitted instead. */
export const knownScope: AuthorizationRule = (_facts, { mode, scope, switches }) => {
  const allowed = appScopes(switches.appScopes);
  if (mode === 'observing' || requestedScopes(scope, allowed).every((name) => allowed.includes(name))) return undefined;
  return denial('unknown-scope', 'scope', { redirect: true });
};

/** Requires that the app has scopes. */
export const scopesDefined: TokenRule = (_facts, { mode, switches }) =>
  mode === 'observing' || appScopes(switches.appScopes).length > 0 ? undefined : denial('no-scopes', 'no-scopes');
