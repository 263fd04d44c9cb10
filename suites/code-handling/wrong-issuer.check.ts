import { defineCheck, pass, warn } from '../../src/grade/finding.ts';
import { foreignCallback } from '../authorization-request/foreign-callback.ts';

export default defineCheck({
  id: 'CODE-07',
  suite: 'code-handling',
  level: 'INFO',
  title: 'A callback that names another issuer leads to no token request',
  failure: 'A callback that names another issuer is redeemed',
  why: 'A client that talks to several servers can be tricked into sending the code of one to another. The issuer in the callback distinguishes them.',
  remedy:
    'When the callback has `iss`, compare it with the server at which the login began: `if (query.iss && query.iss !== login.issuer) return 400`. Otherwise use a separate redirect URI for each server.',
  references: ['RFC 9207 §2.4', 'RFC 9700 §4.4'],
  scenarios: ['callbacks'],
  untested: 'Let a login reach its callback, so that another issuer can be added to it.',
  judge: (scenario) => {
    const attempt = foreignCallback(scenario, 'wrong-issuer');
    if (attempt === undefined) return undefined;
    const { exchanges, callbacks, ended } = attempt;
    const evidence = callbacks.map(({ seq }) => seq);
    const [exchange] = exchanges;
    return exchange === undefined
      ? pass('A callback that named another issuer led to no token request.', [...evidence, ended])
      : warn('A callback that named another issuer was redeemed: the client does not compare the issuer.', [
          exchange.seq,
          ...evidence,
        ]);
  },
});
