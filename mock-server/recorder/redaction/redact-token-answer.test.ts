import { expect, test } from 'vitest';
import { noise } from '../../../test-kit/noise.ts';
import { redactTokenAnswer } from './redact-token-answer.ts';
import { createRedactor } from './create-redactor.ts';

const FIELDS = {
  access_token: `00D7F0000001I8v!${noise('access', 60).toString('base64url')}`,
  refresh_token: `5Aep861${noise('refresh', 60).toString('base64url')}`,
  signature: noise('signature', 32).toString('base64'),
  scope: 'api refresh_token',
  id_token: `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${noise('id', 40).toString('base64url')}.x`,
  instance_url: 'http://127.0.0.1:45123',
  id: 'http://127.0.0.1:45122/id/00D7F0000001I8vUAM/0057F0000001I8vUAM',
  token_type: 'Bearer',
  issued_at: '1790000000000',
};

test('an answer of the mock is shown as searching its text would show it, but for the signature', () => {
  const redactor = createRedactor();
  const searched = createRedactor();
  for (const [kind, name] of [
    ['AT', 'access_token'],
    ['RT', 'refresh_token'],
    ['IDTOKEN', 'id_token'],
  ] as const) {
    redactor.label(kind, FIELDS[name]);
    searched.label(kind, FIELDS[name]);
  }
  const { signature, ...others } = FIELDS;
  expect(redactTokenAnswer(others, redactor)).toBe(searched.redact(JSON.stringify(others)).text);
  expect(JSON.parse(redactTokenAnswer(FIELDS, redactor))).toMatchObject({
    access_token: 'AT#1',
    signature: '(not shown)',
  });
  expect(redactTokenAnswer(FIELDS, redactor)).not.toContain(signature);
});

test('what no name vouches for is a label, and what a name vouches for is looked into all the same', () => {
  const redactor = createRedactor();
  const state = 's3ssion-9-of-the-client';
  redactor.label('STATE', state);
  const fields = { scope: `api ${state}`, issued_at: state, csrf_token: 'short', content_sid: FIELDS.access_token };
  expect(JSON.parse(redactTokenAnswer(fields, redactor))).toEqual({
    scope: 'api STATE#1',
    issued_at: 'STATE#1',
    csrf_token: 'VALUE#1',
    content_sid: 'VALUE#2',
  });
});
