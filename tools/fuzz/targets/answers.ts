/** What a foreign login server answers to the probe. */
import fc from 'fast-check';
import { authorizationAnswer, tokenAnswer, type RawAnswer } from '../../../src/probe/server-answer.ts';
import { mutated, text } from '../hostile.ts';
import { must, target } from '../target.ts';

const BODIES = [
  '{"error":"invalid_grant","error_description":"expired"}',
  'error=invalid_request&error_description=missing',
  '<html><title>Login</title>error=a&amp;error_description=b</html>',
  '{"access_token":"x"}',
];

export const answers = target<RawAnswer>({
  name: 'probe-answers',
  input: fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    location: fc.option(
      mutated('https://login.example/cb?error=a&error_description=b#error=c', ['//', 'http://[', '#', '?', '%'], 5_000),
    ),
    body: fc.oneof(
      mutated(fc.constantFrom(...BODIES), ['error=', '&', '<title>', '{', '"error":{}', '"error":[]'], 65_536),
      text([], 65_536),
    ),
  }),
  open: async () => ({
    async check(raw) {
      for (const answer of [authorizationAnswer(raw, 'https://login.example/'), tokenAnswer(raw)]) {
        const said = JSON.stringify(answer);
        must(said.length < 2_000, `The answer is reported in ${String(said.length)} characters.`);
        if (answer.kind === 'refused')
          must(!/\p{Cc}/u.test(answer.error + answer.description), 'A control character is passed on.');
      }
    },
  }),
});
