import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

const STALE = ['code', 'code_verifier', 'redirect_uri'];

export default defineCheck({
  id: 'RTR-16',
  suite: 'rtr',
  level: 'INFO',
  title: 'A refresh carries no parameters of the login',
  failure: 'A refresh carries parameters of the login',
  why: 'Salesforce ignores them. They show that one function builds every token request, and that the client keeps a verifier that it should have deleted.',
  remedy:
    'Build the refresh from `grant_type`, `client_id`, `refresh_token` and, for confidential clients, `client_secret` alone.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client refresh.',
  relies: ['refresh-after-401'],
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    for (const { request, seq } of refreshes) {
      const stale = STALE.filter((name) => request.body.some((parameter) => parameter.name === name));
      if (stale.length > 0)
        return fail(`A refresh carried ${stale.join(', ')}; parameters of the login were not expected.`, [seq]);
    }
    return pass(
      'No refresh carried parameters of the login.',
      refreshes.map(({ seq }) => seq),
    );
  },
});
