/** What clients send to the authorization server. */
import fc, { type Arbitrary } from 'fast-check';
import { text } from '../hostile.ts';
import { httpTarget, type Sent } from '../mock/http-target.ts';
import type { Target } from '../target.ts';
import { fields, formOf } from './oauth-form.ts';
import { asForm, headers } from './oauth-header.ts';

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
