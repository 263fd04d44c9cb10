import { defineCheck } from '../../src/grade/finding.ts';
import { tokenKept } from '../error-handling/token-kept.ts';

export default defineCheck({
  id: 'IP-02',
  suite: 'rtr',
  level: 'MUST',
  rules: ['sf-partner-2026-11'],
  title: 'A refresh refused as `ip restricted` keeps the token, and the next one from an allowed address works',
  failure: 'A refresh refused as `ip restricted` costs the token, or is repeated without end',
  why: 'With the refresh token IP allowlist on, Salesforce refuses a refresh from an address that is not declared, and the token stays valid. A client that drops it loses its connections whenever its traffic takes another way out.',
  remedy:
    'On `invalid_grant` with `ip restricted` keep the token, report the reason (the address has to be added to the allowlist), and try again with a later call.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['passing-refusals'],
  untested: 'Let a refresh be answered `invalid_grant` with `ip restricted`, then let the client make another call.',
  relies: ['chain-kept', 'refresh-survived', 'refreshes-after-failure', 'new-access-token-used', 'login-recovers'],
  judge: (scenario) => tokenKept(scenario, 'ip-restricted'),
});
