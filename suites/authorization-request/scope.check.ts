import { defineCheck, fail, pass, warn } from '../../src/grade/finding.ts';

/** Salesforce accepts both names for the scope that grants a refresh token. */
const REFRESH = ['refresh_token', 'offline_access'];

export default defineCheck({
  id: 'AZ-09',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The scope includes refresh_token and no more than the client needs',
  failure: 'The scope lacks refresh_token',
  why: 'Without the scope `refresh_token` there is nothing to rotate: the user has to log in again and again. With `full` a stolen token gives access to everything.',
  remedy: 'Request only the scopes that the client needs, without `full`: `scope=api refresh_token`.',
  references: ['RFC 6749 §3.3', 'RFC 9700 §2.3'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const all = authorizations.map(({ seq }) => seq);
    const named = authorizations.filter(({ facts }) => facts.scopes.length > 0);
    const without = named.find(({ facts }) => !facts.scopes.some((scope) => REFRESH.includes(scope)));
    if (without !== undefined) {
      return fail(`The scope was "${without.facts.scopes.join(' ')}"; refresh_token was expected to be part of it.`, [
        without.seq,
      ]);
    }
    const full = named.find(({ facts }) => facts.scopes.includes('full'));
    if (full !== undefined) {
      return warn(`The scope was "${full.facts.scopes.join(' ')}"; a client should not request full.`, [full.seq]);
    }
    return named.length < authorizations.length
      ? warn('An authorization request carried no scope: it is granted whatever the app allows.', all)
      : pass(`The scope was "${named[0]?.facts.scopes.join(' ') ?? ''}".`, all);
  },
});
