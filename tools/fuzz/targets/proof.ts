/** Proofs of possession (RFC 9449): JWTs that bring their own key, some of them rightly signed by it. */
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { near, type Json } from '../hostile.ts';
import { examineEvents, examineReply } from '../mock/oracle.ts';
import { openSession } from '../mock/session.ts';
import { read, send } from '../mock/wire.ts';
import { target } from '../target.ts';

const WORDS = [
  'jwk',
  'kty',
  'crv',
  'x',
  'y',
  'd',
  'alg',
  'typ',
  'dpop+jwt',
  'ES256',
  'RS256',
  'none',
  'HS256',
  'htm',
  'htu',
  'iat',
  'jti',
  'ath',
  'nonce',
  'crit',
  'oct',
  'k',
];
const PATH = '/services/oauth2/token';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Proof {
  readonly header: Json;
  readonly claims: Json;
  readonly signed: boolean;
  readonly at: 'token' | 'resource';
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** `{{KEY}}` in a corpus stands for the key of this process. */
const withKey = (value: Json): Json =>
  JSON.parse(
    JSON.stringify(value).replaceAll('"{{KEY}}"', JSON.stringify(publicKey.export({ format: 'jwk' }))),
  ) as Json;

export const proof = target<Proof>({
  name: 'dpop-proof',
  input: fc.record({
    header: near({ alg: 'ES256', typ: 'dpop+jwt', jwk: '{{KEY}}' }, WORDS),
    claims: near({ jti: 'x', htm: 'POST', htu: `http://mock${PATH}`, iat: 1_800_000_000, nonce: 'n' }, WORDS),
    signed: fc.boolean(),
    at: fc.constantFrom('token', 'resource'),
  }),
  async open() {
    const session = await openSession('confidential', { dpop: 'accepted' });
    return {
      async check({ header, claims, signed, at }) {
        const head = `${part(withKey(header))}.${part(claims)}`;
        const signature = sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' });
        const jwt = `${head}.${signed ? signature.toString('base64url') : 'AAAA'}`.slice(0, 12_000);
        const body = await session.fill(
          'grant_type=authorization_code&client_id={{CLIENT}}&client_secret={{SECRET}}&code={{CODE}}&code_verifier={{VERIFIER}}&redirect_uri={{CALLBACK}}',
        );
        const authorization = await session.fill('Authorization: DPoP {{AT}}');
        const [method, path, lines, origin] =
          at === 'token'
            ? ([
                'POST',
                PATH,
                ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${String(body.length)}`],
                session.mock.loginUrl,
              ] as const)
            : (['GET', '/services/data/v67.0/limits', [authorization], session.mock.instanceUrl] as const);
        session.taken();
        const request = [
          `${method} ${path} HTTP/1.1`,
          'Host: mock',
          'Connection: close',
          `DPoP: ${jwt}`,
          ...lines,
        ].join('\r\n');
        const reply = read(await send(origin, `${request}\r\n\r\n${at === 'token' ? body : ''}`), method);
        examineEvents(session.taken(), session.secrets(), reply.headers.has('content-type'));
        examineReply(path, method, reply);
        session.spent(reply.body.toString('utf8'));
      },
      close: () => session.close(),
    };
  },
});
