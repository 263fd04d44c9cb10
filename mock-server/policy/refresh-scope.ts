import { denial } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';

/** Requires that a refresh carries no `scope`, which Salesforce does not support there. Observing mode ignores it. */
export const noScopeOnRefresh: TokenRule = ({ grantType }, { mode, scope }) => {
  if (grantType !== 'refresh_token' || scope === null || mode === 'observing') return undefined;
  return denial('scope-on-refresh', 'scope-parameter');
};
