import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'SES-01',
  suite: 'session',
  level: 'SHOULD',
  title: 'A logout revokes the newest refresh token',
  failure: 'A logout does not revoke the newest refresh token',
  why: 'A refresh token that the client only deletes stays valid at Salesforce, also for anyone who copied it. Revoking it also revokes its access tokens.',
  remedy:
    'On logout send `POST /services/oauth2/revoke` with `token=<the newest refresh token>`, then delete all tokens.',
  references: ['RFC 7009 §2.1'],
  scenarios: ['logout'],
  needs: ['disconnect'],
  untested: 'Let the user log out of the client.',
  shows: ['logout-revokes'],
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const part = scenario.phase('logout');
    const action = part.actions.find(({ begin }) => begin.name === 'disconnect');
    if (action?.end === undefined || action.end.result === 'unsupported') return undefined;
    const sent = [...part.revocations, ...scenario.phase('logged-out').revocations];
    const head = sent.find(({ facts }) => facts.refreshToken?.head === true);
    if (head !== undefined) {
      return pass(`The logout revoked ${head.facts.refreshToken?.label ?? 'the refresh token'}, the newest.`, [
        head.seq,
      ]);
    }
    const [other] = sent;
    if (other === undefined) {
      return fail('The logout revoked nothing; the newest refresh token was expected to be revoked.', [action.end.seq]);
    }
    const what =
      other.facts.accessToken !== null
        ? 'an access token only'
        : other.facts.refreshToken?.family === null || other.facts.refreshToken === null
          ? 'a token that was never issued'
          : `${other.facts.refreshToken.label}, an older refresh token`;
    return fail(`The logout revoked ${what}; the newest refresh token was expected.`, [other.seq, action.end.seq]);
  },
});
