import { denial } from '../dialect/denial.ts';
import { requestedScopes, SCOPES } from '../dialect/scope.ts';
import type { AuthorizationRule } from './rule.ts';

/** Every scope that is asked for is one of Salesforce's. Observing leaves others out instead. */
export const knownScope: AuthorizationRule = (_facts, { mode, scope }) => {
  if (mode === 'observing' || requestedScopes(scope).every((name) => SCOPES.includes(name))) return undefined;
  return denial('unknown-scope', 'scope', { redirect: true });
};
