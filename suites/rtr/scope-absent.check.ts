import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

export default defineCheck({
  id: 'RTR-15',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A refresh carries no scope parameter',
  failure: 'A refresh carries the scope parameter',
  why: 'Salesforce refuses the parameter: 400 "scope parameter not supported".',
  remedy: 'Leave `scope` out of `grant_type=refresh_token`; many libraries have an option for that.',
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
          `No scope was sent in ${howMany(refreshes.length, 'refresh', 'refreshes')}.`,
          refreshes.map(({ seq }) => seq),
        )
      : fail('A refresh carried the scope parameter, which Salesforce refuses; none was expected.', [bad.seq]);
  },
});
