import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { onlyConfidential } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-06',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'A confidential client authenticates when it refreshes',
  failure: 'A confidential client refreshes without its secret',
  why: 'A refresh token of a confidential client is bound to it: without authentication anyone could use a stolen one. Salesforce requires the secret by default.',
  remedy: 'Send `client_id` and `client_secret` with `grant_type=refresh_token` too.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client refresh: an API call with an expired access token starts it.',
  relies: ['refresh-after-401'],
  skip: onlyConfidential,
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    const bad = refreshes.find(
      ({ facts: { auth } }) => ![auth.body, auth.basic, auth.query].includes('valid') && !auth.assertion,
    );
    return bad === undefined
      ? pass(
          `${eachOf(refreshes.length, 'refresh', 'refreshes')} was authenticated.`,
          refreshes.map(({ seq }) => seq),
        )
      : fail('A refresh carried no valid client secret; one was expected.', [bad.seq]);
  },
});
