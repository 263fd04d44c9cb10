import { defineCheck } from '../../src/grade/finding.ts';
import { newestSent } from './newest-sent.ts';

export default defineCheck({
  id: 'RTR-19',
  suite: 'races',
  level: 'SHOULD',
  title: 'A process that starts from a common secret looks for newer tokens first',
  failure: 'A second process sends the token of the common secret, which was used already',
  why: 'A CI secret such as an SFDX auth URL holds one refresh token, and each job starts from it. With rotation the first job uses it up; the next one sends a used token, and the connection is revoked for all.',
  remedy:
    'Give every job a connection of its own (JWT bearer flow), or keep the newest token in a store that all jobs read and write, and use the secret only when that is empty.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['seeded-processes'],
  needs: ['processes'],
  untested: 'Set `driver.seeded`, and let a second process refresh after the first one has.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived', 'new-access-token-used'],
  skip: ({ begin }) =>
    begin.abilities['seeded'] === true
      ? undefined
      : 'The configuration does not say that all processes start from one secret (`driver.seeded`).',
  judge: (scenario) => newestSent(scenario, 'seeded', 'Two processes started from one secret'),
});
