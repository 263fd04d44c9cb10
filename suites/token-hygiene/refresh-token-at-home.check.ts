import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { Endpoint } from '../../src/history/event.ts';
import { howMany } from '../counted.ts';
import { carried } from './carried.ts';

/** Endpoints that accept a refresh token (RFC 6749 §6, RFC 7009 §2.1, RFC 7662 §2.1). */
const HOME: ReadonlySet<Endpoint> = new Set(['token', 'revoke', 'introspect']);

export default defineCheck({
  id: 'HYG-02',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'The refresh token is sent to the token and revocation endpoints only',
  failure: 'The refresh token is sent to another endpoint',
  why: 'Anyone who sees a refresh token can use it. An API, a proxy or a log service does not need it.',
  remedy: 'Build API requests from the access token alone; never serialise the whole token object into a request.',
  references: ['RFC 9700 §4.10', 'RFC 6749 §10.4'],
  scenarios: ['refresh-chain', 'login', 'logout'],
  untested: 'Let the client log in, make API calls and refresh.',
  judge: ({ exchanges }) => {
    const elsewhere = exchanges.filter(({ request }) => !HOME.has(request.endpoint));
    if (elsewhere.length === 0) return undefined;
    const bad = elsewhere.flatMap((one) => {
      const [label] = carried(one, ['RT']);
      return label === undefined ? [] : [{ seq: one.seq, path: one.request.path, label }];
    });
    const [first] = bad;
    return first === undefined
      ? pass(
          `No refresh token was in ${howMany(elsewhere.length, 'request')} to other endpoints.`,
          elsewhere.map(({ seq }) => seq),
        )
      : fail(
          `${first.label} was part of a request to ${first.path}; refresh tokens belong to the token endpoint only.`,
          bad.map(({ seq }) => seq),
        );
  },
});
