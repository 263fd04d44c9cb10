import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RTR-15',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A refresh asks for no scope',
  failure: 'A refresh carries the scope parameter',
  why: 'Salesforce refuses it: 400 "scope parameter not supported".',
  remedy: 'Leave `scope` out of `grant_type=refresh_token`; many libraries have a switch for it.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client refresh.',
  relies: ['refresh-after-401'],
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    const bad = refreshes.find(
      ({ request, facts }) => request.body.some(({ name }) => name === 'scope') || facts.queryNames.includes('scope'),
    );
    return bad === undefined
      ? pass(
          `None of ${String(refreshes.length)} refreshes carried scope.`,
          refreshes.map(({ seq }) => seq),
        )
      : fail('A refresh carried scope; Salesforce refuses that.', [bad.seq]);
  },
};
export default check;
