import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { attemptOf, repeatsAnyway } from './attempt.ts';

export default defineCheck({
  id: 'AZ-06',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'A callback that is delivered twice is redeemed once',
  failure: 'A callback that is delivered twice is redeemed twice',
  why: 'Browsers repeat requests, and an attacker can replay one. A second redemption is refused at best; at worst the server revokes the tokens of the first one.',
  remedy:
    'Remove the pending login when its callback arrives, before the token request is sent: `const login = logins.take(query.state)`.',
  references: ['RFC 9700 §4.5', 'RFC 6749 §4.1.2'],
  scenarios: ['callbacks'],
  untested: 'Let a login reach its callback, so that it can be delivered twice.',
  relies: ['code-used-once'],
  judge: (scenario) => {
    const attempt = attemptOf(scenario, 'repeated');
    if (attempt === undefined) return undefined;
    const { exchanges, part, callbacks } = attempt;
    const hits = callbacks.filter(({ tampered }) => tampered === 'repeated');
    const lost = part.of('visit').filter(({ step }) => step === 'lost');
    if (exchanges.length === 0 || hits.length + lost.length < 2) return undefined;
    const evidence = [...exchanges, ...hits, ...lost].map(({ seq }) => seq);
    if (exchanges.length > 1 && repeatsAnyway(scenario)) {
      return inconclusive('This client also sends the code of an ordinary login more than once.', evidence);
    }
    if (exchanges.length > 1) {
      return fail(
        `A callback that was delivered twice led to ${String(exchanges.length)} token requests with its code; one was expected.`,
        evidence,
      );
    }
    return pass(
      lost.length > 0
        ? 'The second delivery of a callback found no listener; its code was redeemed once.'
        : 'A callback that was delivered twice led to one token request.',
      evidence,
    );
  },
});
