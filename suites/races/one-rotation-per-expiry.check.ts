import type { Check } from '../../src/grade/check.ts';
import { judgeSharing } from './sharing.ts';
import { onlySharedStore } from './shared-store.ts';

const check: Check = {
  id: 'RACE-06',
  suite: 'races',
  level: 'MUST',
  title: 'Processes that share a store refresh once for all of them',
  failure: 'Each process refreshes by itself',
  why: 'Five workers with one refresh token are five contenders: one wins, the others are refused or revoke the family.',
  remedy:
    'Guard the refresh with a lock that all processes share (a lock file, a row lock), and look at the store again once it is held.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['many-processes'],
  needs: ['processes'],
  untested: 'Start five processes of the client on one store, and let their session die.',
  shows: ['one-refresh-among-processes'],
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used'],
  skip: onlySharedStore,
  judge: (scenario) => judgeSharing(scenario, 'processes that share one store'),
};
export default check;
