import { defineCheck, pass } from '../../src/grade/finding.ts';
import { tokenKept } from './token-kept.ts';

const PHASES = ['ip-restricted', 'login-hours'];

export default defineCheck({
  id: 'ERR-11',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'An invalid_grant whose reason passes leaves the refresh token in place',
  failure: 'An invalid_grant with a temporary reason is treated as an invalid token',
  why: 'Salesforce answers `invalid_grant` also when the address is not allowed or the hour is outside the login hours. The token works again from the right address or at the right hour; a client that drops it asks every user to connect again.',
  remedy:
    'Read `error_description`: on `ip restricted` and `invalid login hours` keep the tokens, report the reason and try again with a later call. Drop them on `expired access/refresh token`.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['passing-refusals'],
  untested: 'Let a refresh be answered `invalid_grant` with `ip restricted`, then let the client make another call.',
  relies: ['chain-kept', 'refresh-survived', 'refreshes-after-failure', 'new-access-token-used', 'login-recovers'],
  judge: (scenario) => {
    const found = PHASES.flatMap((phase) => tokenKept(scenario, phase) ?? []);
    const bad =
      found.find(({ verdict }) => verdict === 'fail') ?? found.find(({ verdict }) => verdict === 'inconclusive');
    if (bad !== undefined || found.length === 0) return bad;
    return pass(
      found.map(({ message }) => message).join(' '),
      found.flatMap(({ evidence }) => evidence),
    );
  },
});
