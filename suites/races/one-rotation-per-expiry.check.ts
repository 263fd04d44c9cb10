import { defineCheck } from '../../src/grade/finding.ts';
import { judgeSharing } from './sharing.ts';
import { onlySharedStore } from './shared-store.ts';

export default defineCheck({
  id: 'RACE-06',
  suite: 'races',
  level: 'MUST',
  title: 'Processes that share one store refresh once for all of them',
  failure: 'Each process refreshes independently',
  why: 'When five processes send one refresh token, one succeeds; the others are refused or revoke the token family.',
  remedy:
    'Guard the refresh with a lock that all processes share (a lock file, a row lock), and read the store again once you hold it.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['many-processes'],
  needs: ['processes'],
  untested: 'Start five processes of the client on one store, and let their access tokens expire.',
  shows: ['one-refresh-among-processes'],
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used'],
  skip: onlySharedStore,
  judge: (scenario) => judgeSharing(scenario, 'processes that share one store'),
});
