import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { notWithMock } from './not-with-mock.ts';

export default defineCheck({
  id: 'ORG-02',
  suite: 'settings',
  level: 'MUST',
  title: 'The org requires PKCE of the app',
  failure: 'The org takes a login without PKCE',
  why: 'A server that does not require PKCE gives tokens for a stolen code. Only the setting of the app makes it refuse.',
  remedy: 'Set isPkceRequired to true in the OAuth settings of the app, and deploy it to this org.',
  references: ['RFC 7636 §4.4.1', 'RFC 9700 §2.1.1', 'Partner rule, Proof Key for Code Exchange'],
  requirements: ['SF-PKCE-ENABLED'],
  scenarios: ['login', 'logins'],
  untested:
    'The answer to an authorization request goes to the browser: start `serve --upstream` with `--probe`, which asks the org itself.',
  skip: notWithMock,
  judge: (scenario) => {
    const without = scenario.codeExchanges.find(
      ({ facts, response }) => facts.verifier === null && response?.status === 200,
    );
    if (without !== undefined) {
      return fail('A code was exchanged for tokens without a code_verifier; a refusal was expected.', [
        without.seq,
        without.response?.seq ?? without.seq,
      ]);
    }
    const probes = scenario.of('probe');
    const through = probes.find(({ result }) => result === 'not-refused');
    if (through !== undefined) return fail(`${ASKED[through.question]} was not refused.`, [through.seq]);
    const refused = probes.find(({ question, result }) => question === 'no-challenge' && result === 'refused');
    return refused === undefined ? undefined : pass(`${ASKED['no-challenge']} was refused.`, [refused.seq]);
  },
});

const ASKED = {
  'no-challenge': 'An authorization request without a code_challenge',
  plain: 'An authorization request with code_challenge_method=plain',
  'no-verifier': 'A token request without a code_verifier',
} as const;
