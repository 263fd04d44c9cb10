import { defineCheck } from '../../src/grade/finding.ts';
import { newestSent } from './newest-sent.ts';

export default defineCheck({
  id: 'CUT-04',
  suite: 'races',
  level: 'SHOULD',
  title: 'During a rolling deployment the old version leaves the newer token in the store alone',
  failure: 'During a rolling deployment the old version overwrites the newer token',
  why: 'For minutes or hours both versions work on one store. An old version that was made before rotation writes back the token that it knows, and the new version then sends a used one.',
  remedy:
    'Deploy a version that reads the token before each refresh and stores the new one before rotation is switched on, and let the old version end before it is used; or stop all old processes first.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['rolling-deployment'],
  untested: 'Name the earlier version of the client in `driver.previous`, so that both can work on one store.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived', 'new-access-token-used', 'tokens-durable'],
  skip: ({ begin }) =>
    begin.abilities['previous'] === true
      ? undefined
      : 'The configuration names no earlier version of the client in `driver.previous`.',
  judge: (scenario) => newestSent(scenario, 'side-by-side', 'The old and the new version worked on one store'),
});
