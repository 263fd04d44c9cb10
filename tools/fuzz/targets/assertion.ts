/** Assertions: JWTs with hostile claims and headers, some of them rightly signed. */
import { createHmac, sign } from 'node:crypto';
import fc from 'fast-check';
import { near, type Json } from '../hostile.ts';
import { examineEvents, examineReply } from '../mock/oracle.ts';
import { CLIENT_ID } from '../../../test-kit/login.ts';
import { openSession } from '../mock/session.ts';
import { read, send } from '../mock/wire.ts';
import { target } from '../target.ts';

const CLAIMS: Json = {
  iss: CLIENT_ID,
  sub: CLIENT_ID,
  aud: 'https://login.salesforce.com',
  exp: 4_102_444_800,
  jti: 'x',
};
const WORDS = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'crit',
  'jwk',
  'jku',
  'kid',
  'x5c',
  'b64',
  'RS256',
  'HS256',
  'none',
  'ES256',
  CLIENT_ID,
  'https://login.salesforce.com',
];

interface Assertion {
  readonly header: Json;
  readonly claims: Json;
  readonly signed: 'rightly' | 'by-secret' | 'not';
  readonly as: 'grant' | 'client';
}

const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const assertion = target<Assertion>({
  name: 'assertion',
  input: fc.record({
    header: near({ alg: 'RS256', typ: 'JWT' }, WORDS),
    claims: near(CLAIMS, WORDS),
    signed: fc.constantFrom('rightly', 'rightly', 'by-secret', 'not'),
    as: fc.constantFrom('grant', 'client'),
  }),
  async open() {
    const session = await openSession();
    const { publicKey } = { publicKey: session.privateKey.export({ type: 'pkcs8', format: 'pem' }) };
    return {
      async check({ header, claims, signed, as }) {
        const head = `${part(header)}.${part(claims)}`;
        const signature =
          signed === 'rightly'
            ? sign('RSA-SHA256', Buffer.from(head), session.privateKey)
            : createHmac('sha256', publicKey).update(head).digest();
        const jwt = `${head}.${signed === 'not' ? '' : signature.toString('base64url')}`;
        const form = new URLSearchParams(
          as === 'grant'
            ? { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt }
            : {
                grant_type: 'refresh_token',
                refresh_token: await session.fill('{{RT}}'),
                client_assertion: jwt,
                client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              },
        ).toString();
        session.taken();
        const bytes = await send(
          session.mock.loginUrl,
          `POST /services/oauth2/token HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(form.length)}\r\n\r\n${form}`,
        );
        const reply = read(bytes, 'POST');
        examineEvents(
          session.taken(),
          [...session.secrets(), ...(jwt.length > 200 ? [jwt] : [])],
          reply.headers.has('content-type'),
        );
        examineReply('/services/oauth2/token', 'POST', reply);
        session.spent(reply.body.toString('utf8'));
      },
      close: () => session.close(),
    };
  },
});
