import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RACE-09',
  suite: 'races',
  level: 'SHOULD',
  title: 'A logout during a refresh ends logged out',
  failure: 'A refresh that ends after the logout brings the session back',
  why: 'A user who logged out expects the connection to be gone; a late answer that is stored brings it back unseen.',
  remedy:
    'Let the logout wait for the running refresh, or let the refresh see before it stores that the session has ended; revoke what it brought.',
  references: ['RFC 7009 §2.1'],
  scenarios: ['logout-race'],
  needs: ['disconnect'],
  untested: 'Log out while a refresh of the client is under way.',
  blockers: ['RTR-01'],
  judge: (scenario) => {
    if (!scenario.reached('logged-out')) return undefined;
    const after = scenario.since('logged-out');
    const used = [
      ...after.refreshes.filter(({ facts }) => facts.refreshToken !== null),
      ...after.resources.filter(({ facts }) => facts.accessToken !== null),
    ];
    const ok = after.verbs.filter(
      ({ begin, end }) => (begin.name === 'call' && end?.result === 'ok') || end?.connected === true,
    );
    return used.length > 0 || ok.length > 0
      ? fail('After the logout the client used tokens again; the refresh that was under way had brought them back.', [
          ...used.map(({ seq }) => seq),
          ...ok.map(({ end, seq }) => end?.seq ?? seq),
        ])
      : pass(
          'After the logout no token was used, though a refresh had been under way.',
          after.verbs.map(({ end, seq }) => end?.seq ?? seq),
        );
  },
};
export default check;
