import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf, howMany } from '../counted.ts';

export default defineCheck({
  id: 'HYG-01',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'API calls carry the access token in the Authorization header only',
  failure: 'An API call carries the access token in its URL or body',
  why: 'URLs are written to logs, browser histories and Referer headers, and forms to dumps. The Authorization header usually is not.',
  remedy: 'Send `Authorization: Bearer <access token>` and remove the token from query and form.',
  references: ['RFC 6750 §2', 'RFC 9700 §4.3'],
  scenarios: ['refresh-chain', 'login'],
  untested: 'Let the client make an API call.',
  judge: ({ resources }) => {
    const carrying = resources.filter(({ facts }) => facts.tokenIn !== 'none');
    if (carrying.length === 0) return undefined;
    const bad = carrying.filter(({ facts }) => facts.tokenIn !== 'header');
    const [first] = bad;
    return first === undefined
      ? pass(
          `${eachOf(carrying.length, 'API call')} carried the access token in the Authorization header.`,
          carrying.map(({ seq }) => seq),
        )
      : fail(
          `${String(bad.length)} of ${howMany(carrying.length, 'API call')} carried the access token in the ${first.facts.tokenIn}; the Authorization header was expected.`,
          bad.map(({ seq }) => seq),
        );
  },
});
