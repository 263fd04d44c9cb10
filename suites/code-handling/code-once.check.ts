import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { repetitions } from './credentials-moved.ts';

export default defineCheck({
  id: 'CODE-03',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'A code is redeemed once',
  failure: 'A code is sent again although the response had arrived',
  why: 'A code works once. A second use is refused, and a server may treat it as theft and revoke the tokens of the first.',
  remedy:
    'Redeem a code in one place, once: remove the pending login from the store before the request, and guard against effects that run twice (React’s strict mode, a reloaded page).',
  references: ['RFC 6749 §4.1.2'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  shows: ['code-used-once'],
  judge: ({ codeExchanges }) => {
    const delivered = codeExchanges.filter(({ response }) => response?.delivered === 'complete');
    const codes = [...Map.groupBy(delivered, ({ facts }) => facts.code?.label)].flatMap(([label, uses]) =>
      label === undefined ? [] : [{ label, uses }],
    );
    if (codes.length === 0) return undefined;
    const again = codes.find(({ uses }) => repetitions(uses).length > 0);
    return again === undefined
      ? pass(
          `${eachOf(codes.length, 'code')} was sent once.`,
          delivered.map(({ seq }) => seq),
        )
      : fail(
          `${again.label} was sent ${String(again.uses.length)} times although each response had arrived; once was expected.`,
          again.uses.map(({ seq }) => seq),
        );
  },
});
