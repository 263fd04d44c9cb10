import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { isRefresh } from '../rtr/refreshes.ts';
import { notWithMock } from './not-with-mock.ts';

export default defineCheck({
  id: 'ORG-01',
  suite: 'settings',
  level: 'MUST',
  title: 'The org rotates refresh tokens',
  failure: 'The org returns no new refresh token: rotation is off',
  why: 'With rotation on, each refresh is answered with a new refresh token. An answer without one shows that the setting of the app is off in this org.',
  remedy: 'Set isRefreshTokenRotationEnabled to true in the OAuth settings of the app, and deploy it to this org.',
  references: ['RFC 9700 §4.14.2', 'Partner rule, Refresh Token Rotation'],
  requirements: ['SF-RTR-ENABLED'],
  scenarios: ['login', 'logins', 'refresh-chain', 'refresh-paths'],
  untested: 'Let the client refresh once through `serve --upstream`.',
  skip: notWithMock,
  judge: ({ refreshes }) => {
    const granted = refreshes.filter(
      (one) => isRefresh(one) && one.response?.status === 200 && one.response.fault === undefined,
    );
    if (granted.length === 0) return undefined;
    const without = granted.find(({ response }) => response?.issued?.refreshToken === undefined);
    if (without !== undefined) {
      return fail('A refresh was answered without a new refresh token; one was expected.', [
        without.response?.seq ?? without.seq,
        without.seq,
      ]);
    }
    return pass(
      `Each of ${String(granted.length)} refreshes was answered with a new refresh token.`,
      granted.flatMap(({ response }) => response?.seq ?? []),
    );
  },
});
