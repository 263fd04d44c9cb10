/** What clients send to the authorization server. */
import fc, { type Arbitrary } from 'fast-check';
import { mutated, text } from '../hostile.ts';
import { httpTarget, type Sent } from '../mock/http-target.ts';
import { PLACES } from '../mock/session.ts';
import type { Target } from '../target.ts';

const GRANTS = [
  'authorization_code',
  'refresh_token',
  'password',
  'client_credentials',
  'hybrid_refresh',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'device',
  'urn:ietf:params:oauth:grant-type:device_code',
];
const WORDS = [
  ...PLACES,
  ...GRANTS,
  'api',
  'refresh_token',
  'openid',
  'full',
  'S256',
  'plain',
  'code',
  'token',
  'login',
  'none',
  'json',
  'xml',
  'urlencoded',
];
const NAMES = [
  'grant_type',
  'client_id',
  'client_secret',
  'refresh_token',
  'code',
  'code_verifier',
  'redirect_uri',
  'scope',
  'format',
  'assertion',
  'client_assertion',
  'client_assertion_type',
  'username',
  'password',
  'device_code',
  'token',
  'token_type_hint',
  'subject_token',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'state',
  'nonce',
  'prompt',
  'login_hint',
  'display',
  'max_age',
  'claims',
  'request',
  'request_uri',
  'response_mode',
  'id_token_hint',
  'ui_locales',
  'resource',
  'registration',
  'sso_provider',
];

const value = text(WORDS, 6_000);
type Field = readonly [string, string];

/** Right fields, some of them missing, changed, repeated or joined by others. */
function fields(...rights: readonly Readonly<Record<string, string>>[]): Arbitrary<readonly Field[]> {
  const kept = (right: Readonly<Record<string, string>>) =>
    fc.tuple(
      ...Object.entries(right).map(([name, good]) =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constant<readonly Field[]>([[name, good]]) },
          { weight: 1, arbitrary: fc.constant<readonly Field[]>([]) },
          { weight: 2, arbitrary: value.map((bad): readonly Field[] => [[name, bad]]) },
          {
            weight: 1,
            arbitrary: value.map((bad): readonly Field[] => [
              [name, good],
              [name, bad],
            ]),
          },
        ),
      ),
    );
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: text(NAMES, 200) },
  );
  const more = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Field[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(name, value), { maxLength: 4 }) },
  );
  return fc.tuple(fc.oneof(...rights.map(kept)), more).map(([own, others]) => [...own.flat(), ...others]);
}

/** Placeholders stay readable; everything else as a form has it. */
const encode = (one: string): string =>
  one
    .split(/(\{\{[A-Z]+\}\})/u)
    .map((part) => (part.startsWith('{{') ? part : encodeURIComponent(part.toWellFormed())))
    .join('');
const form = (pairs: readonly Field[]): string => pairs.map((pair) => pair.map(encode).join('=')).join('&');
const formOf = (pairs: Arbitrary<readonly Field[]>): Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: pairs.map(form) }, { weight: 1, arbitrary: mutated(pairs.map(form), WORDS, 4_000) });

const SECRETS = { client_id: '{{CLIENT}}', client_secret: '{{SECRET}}' };
const TOKEN_FIELDS = fields(
  { grant_type: 'refresh_token', refresh_token: '{{RT}}', ...SECRETS },
  { grant_type: 'refresh_token', refresh_token: '{{RT}}' },
  {
    grant_type: 'authorization_code',
    code: '{{CODE}}',
    code_verifier: '{{VERIFIER}}',
    redirect_uri: '{{CALLBACK}}',
    ...SECRETS,
  },
  { grant_type: 'password', username: 'U1', password: 'password', ...SECRETS },
  { grant_type: 'client_credentials', ...SECRETS },
  { response_type: 'device_code', scope: 'api', client_id: '{{CLIENT}}' },
  { grant_type: 'device', code: '{{CODE}}', ...SECRETS },
  {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: '{{AT}}',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    ...SECRETS,
  },
);

const TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/x-www-form-urlencoded; charset=utf-16',
  '',
];
const ACCEPTS = [
  'application/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  '*/*',
  'text/html;q=0.5, */*;q=0',
  ';q=1',
  'a/b/c',
  ',',
];
const authorization = fc.oneof(
  fc.constantFrom(
    'Basic {{BASIC}}',
    'Bearer {{AT}}',
    'Basic',
    'Basic ',
    'basic {{BASIC}}==',
    'Bearer',
    'OAuth {{AT}}',
    'Basic {{SECRET}}',
    'Basic %%%',
  ),
  value,
  value.map((bad) => `Basic ${Buffer.from(bad.toWellFormed()).toString('base64')}`),
  mutated('Basic {{BASIC}}', WORDS, 2_000),
);
const header = fc.oneof(
  fc.tuple(fc.constant('Accept'), fc.oneof(fc.constantFrom(...ACCEPTS), value)),
  fc.tuple(fc.constant('Authorization'), authorization),
  fc.tuple(fc.constant('Cookie'), fc.oneof(value, mutated('a=b; sfc_session={{AT}}; sfc_session.sig=x', WORDS, 4_000))),
  fc.tuple(fc.constant('Content-Type'), fc.oneof(fc.constantFrom(...TYPES), value)),
  fc.tuple(fc.constant('Content-Encoding'), fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'zstd', 'gzip, gzip')),
  fc.tuple(
    fc.constantFrom(
      'Origin',
      'Referer',
      'User-Agent',
      'X-SFDC-Session',
      'Forwarded',
      'X-Forwarded-Proto',
      'X-Forwarded-Host',
      'x-sf-conformance-browser',
      'Accept-Language',
      'If-None-Match',
      'Expect',
      'DPoP',
    ),
    value,
  ),
) as Arbitrary<readonly [string, string]>;
const headers = fc.array(header, { maxLength: 3 });
const asForm = (more: readonly (readonly [string, string])[]) => [['Content-Type', TYPES[0] ?? ''] as const, ...more];

const posted = (paths: readonly string[], body: Arbitrary<string>): Arbitrary<Sent> =>
  fc.record({
    method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'),
    path: fc
      .tuple(
        fc.constantFrom(...paths),
        fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: body.map((query) => `?${query}`) }),
      )
      .map((parts) => parts.join('')),
    headers: headers.map(asForm),
    body,
    host: fc.constantFrom('login' as const, 'login' as const, 'instance' as const),
  });

const AUTHORIZE = {
  ...{
    response_type: 'code',
    client_id: '{{CLIENT}}',
    redirect_uri: '{{CALLBACK}}',
    scope: 'api refresh_token',
    state: 's',
  },
  ...{ code_challenge: '{{CHALLENGE}}', code_challenge_method: 'S256' },
};
const AUTHORIZE_PATHS = [
  '/services/oauth2/authorize',
  '/services/oauth2/authorize/brand',
  '/services/oauth2/authorize/%2e%2e',
];

export const oauth: readonly Target[] = [
  httpTarget('token', posted(['/services/oauth2/token', '/services/oauth2/token/'], formOf(TOKEN_FIELDS))),
  httpTarget('token-public', posted(['/services/oauth2/token'], formOf(TOKEN_FIELDS)), 'public'),
  httpTarget(
    'authorize',
    fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'HEAD'),
      path: fc
        .tuple(
          fc.constantFrom(...AUTHORIZE_PATHS),
          formOf(
            fields(
              AUTHORIZE,
              { ...AUTHORIZE, response_type: 'token' },
              { ...AUTHORIZE, scope: 'openid', nonce: 'n', prompt: 'login' },
            ),
          ),
        )
        .map((parts) => parts.join('?')),
      headers,
      body: fc.oneof(fc.constant(''), formOf(fields(AUTHORIZE))),
    }),
  ),
  httpTarget(
    'pages',
    fc.record({
      method: fc.constantFrom('GET', 'POST', 'HEAD'),
      path: fc.oneof(
        fc
          .tuple(
            fc.constantFrom(
              '/secur/frontdoor.jsp',
              '/setup/connect',
              '/services/oauth2/success',
              '/services/oauth2/pkce/generator',
              '/services/auth/idp/oidc/logout',
              '/login/x',
              '/secur/authorize/x',
              '/.well-known/openid-configuration',
              '/id/keys',
              '/a/.well-known/openid-configuration',
            ),
            formOf(
              fields({
                user_code: 'ABCD1234',
                sid: '{{AT}}',
                retURL: '/',
                id_token_hint: '{{AT}}',
                post_logout_redirect_uri: '{{CALLBACK}}',
                code: '{{CODE}}',
              }),
            ),
          )
          .map((parts) => parts.join('?')),
        text(
          [
            '/',
            '/services/',
            'oauth2/',
            'authorize',
            '%2f',
            '/..',
            '/services/oauth2/',
            '.well-known/',
            'login/',
            'id/',
          ],
          4_000,
        ).map((path) => `/${path}`),
      ),
      headers: headers.map(asForm),
      body: formOf(
        fields({ user: 'U1', username: 'u1@mock.example', password: 'x', action: 'allow', user_code: 'ABCD1234' }),
      ),
    }),
  ),
  httpTarget(
    'revoke-introspect',
    posted(
      [
        '/services/oauth2/revoke',
        '/services/oauth2/introspect',
        '/services/oauth2/userinfo',
        '/services/oauth2/singleaccess',
      ],
      formOf(
        fields(
          { token: '{{RT}}', token_type_hint: 'refresh_token', ...SECRETS },
          { token: '{{AT}}', ...SECRETS },
          { access_token: '{{AT}}', redirect_uri: '/' },
        ),
      ),
    ),
  ),
];
