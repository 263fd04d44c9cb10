import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { onlyPublic } from './confidentiality.ts';

export default defineCheck({
  id: 'CA-02',
  suite: 'client-auth',
  level: 'SHOULD',
  title: 'A public client refreshes without a secret',
  failure: 'A public client sends a secret when it refreshes',
  why: 'The partner rule names the code exchange only, but its reason applies to the refresh too: a public client cannot keep a secret.',
  remedy: 'Send `grant_type=refresh_token&client_id=…&refresh_token=…` and nothing else.',
  references: ['RFC 9700 §2.2.2'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client refresh: an API call with an expired access token starts it.',
  relies: ['refresh-after-401'],
  skip: onlyPublic,
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    const sent = refreshes.find(
      ({ facts: { auth } }) => auth.body !== 'absent' || auth.query !== 'absent' || auth.basic !== 'absent',
    );
    return sent === undefined
      ? pass(
          `No client secret was sent in ${howMany(refreshes.length, 'refresh', 'refreshes')}.`,
          refreshes.map(({ seq }) => seq),
        )
      : fail('A refresh of a public client carried a client secret; none was expected.', [sent.seq]);
  },
});
