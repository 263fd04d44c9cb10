import { defineCheck } from '../../src/grade/finding.ts';
import { judgeSharing } from './sharing.ts';

export default defineCheck({
  id: 'RACE-12',
  suite: 'races',
  level: 'MUST',
  title: 'Tabs that share one storage refresh once for all of them',
  failure: 'Each tab refreshes independently',
  why: 'Tabs read the same refresh token from the same storage. If each of them refreshes, all but one send a token that was already used.',
  remedy:
    'Guard the refresh with the Web Locks API (`navigator.locks.request("refresh", …)`), and read the storage again inside the lock. Keep the tokens in IndexedDB: what another tab wrote to localStorage may not be readable yet.',
  references: ['RFC 9700 §4.14'],
  scenarios: ['tabs'],
  needs: ['tabs'],
  untested: 'Open two tabs of the application on one storage, and let their access tokens expire.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used'],
  skip: ({ run }) => (run.driver === 'browser' ? undefined : 'Only an application in a browser has tabs.'),
  judge: (scenario) => judgeSharing(scenario, 'tabs that share one storage'),
});
