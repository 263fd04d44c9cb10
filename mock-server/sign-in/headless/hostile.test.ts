import { expect, test } from 'vitest';
import { CLIENT_ID, stage } from '../../fixtures/stage.ts';

const deep = (levels: number) => `${'{"userdata":'.repeat(levels)}1${'}'.repeat(levels)}`;

const BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  'null',
  '1',
  '"text"',
  '[{}]',
  '{"username":1,"recaptcha":true,"verificationmethod":["email"]}',
  '{"username":{"toString":"x"},"recaptcha":{},"verificationmethod":{}}',
  '{"__proto__":{"recaptcha":"r"},"username":"a@b.cd","verificationmethod":"email"}',
  '{"constructor":{"prototype":{"recaptcha":"r"}},"recaptchaevent":null}',
  '{"recaptcha":"r","userdata":[],"verificationmethod":"email"}',
  '{"recaptcha":"r","userdata":{"username":"a@b.cd","email":"x@y"},"password":{"length":1},"verificationmethod":"email"}',
  '{"username":"a@b.cd","otp":"123456","newpassword":["x"]}',
  '{"username":"a@b.cd","otp":"","newpassword":""}',
  `{"username":"${'a'.repeat(100_000)}","recaptcha":"r","verificationmethod":"email"}`,
  deep(10_000),
  Uint8Array.from([0xff, 0xfe, 0x00, 0x7b]),
  new Uint8Array(900_000).fill(120),
];

const show = (body: string | Uint8Array) =>
  typeof body === 'string' ? body.slice(0, 40) : `${String(body.length)} bytes`;

test('whatever a headless endpoint is sent, it refuses; nothing breaks', async () => {
  const { mock, of } = await stage({ hosts: ['experience'] });
  for (const path of ['init/registration', 'init/passwordless/login', 'forgot_password']) {
    for (const body of BODIES) {
      const answer = await fetch(`${mock.hosts.experience!}/services/auth/headless/${path}`, { method: 'POST', body });
      expect([path, show(body), answer.status]).toEqual([path, show(body), 400]);
      expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    }
  }
  expect(of('note')).toEqual([]);
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const AUTHORIZATIONS: readonly string[] = [
  '',
  'Basic',
  'Basic ',
  'Basic :',
  `Basic ${base64('a@b.cd')}`,
  `Basic ${base64(':password')}`,
  `Basic ${base64('<x>:password')}`,
  `Basic ${base64(`${'i'.repeat(5_000)}:123456`)}`,
  `Basic ${base64('a@b.cd:pass:word')}`,
  'Basic !!!not base64!!!',
  'Bearer x',
];

test('whatever credentials a headless login brings, it refuses what it does not know', async () => {
  const { mock, of } = await stage({
    hosts: ['experience'],
    redirectUris: ['http://127.0.0.1:0/services/oauth2/echo'],
  });
  const origin = mock.hosts.experience!;
  for (const type of ['Named-User', 'user-registration', 'passwordless-login']) {
    for (const authorization of AUTHORIZATIONS) {
      const answer = await fetch(`${origin}/services/oauth2/authorize`, {
        method: 'POST',
        headers: { 'auth-request-type': type, ...(authorization !== '' && { authorization }) },
        redirect: 'manual',
        body: new URLSearchParams({
          ...{ response_type: 'code_credentials', client_id: CLIENT_ID },
          ...{ redirect_uri: `${origin}/services/oauth2/echo`, code_challenge_method: 'S256' },
          code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        }),
      });
      expect([type, authorization.slice(0, 40), answer.status]).toEqual([type, authorization.slice(0, 40), 400]);
    }
  }
  expect(of('note')).toEqual([]);
  expect(mock.control.families()).toEqual([]);
});
