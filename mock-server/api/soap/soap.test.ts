import { expect, test } from 'vitest';
import { stage } from '../../fixtures/stage.ts';

const login = '<e:Body><login><username>u1@example.com</username><password>x</password></login></e:Body>';

test.each([
  ['u', 'partner', 'sf:INVALID_LOGIN'],
  ['c', 'enterprise', 'INVALID_LOGIN'],
])('a login that fails at /Soap/%s has a fault with detail, in the namespace %s', async (kind, wsdl, code) => {
  const { mock } = await stage();
  const answer = await fetch(`${mock.loginUrl}/services/Soap/${kind}/60.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: 'login' },
    body: login,
  });
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).toContain(`xmlns:sf="urn:fault.${wsdl}.soap.sforce.com"`);
  expect(text).toContain(`<faultcode>${code}</faultcode>`);
  expect(text).toContain(
    '<detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>Invalid username, password, security token; or user locked out.</sf:exceptionMessage></sf:LoginFault></detail>',
  );
});

test('a login at the enterprise endpoint leads to it', async () => {
  const { mock } = await stage({ switches: { passwordFlow: true } });
  const body = login.replace('>x<', '>password<');
  const headers = { 'content-type': 'text/xml' };
  const answer = await fetch(`${mock.loginUrl}/services/Soap/c/60.0`, { method: 'POST', headers, body });
  expect(await answer.text()).toMatch(/xmlns="urn:enterprise\.soap\.sforce\.com".*<serverUrl>[^<]*\/Soap\/c\/67\.0\//);
});

test.each(['GET', 'PUT'])('%s is answered by the web server in front', async (method) => {
  const { mock } = await stage();
  const answer = await fetch(`${mock.loginUrl}/services/Soap/u/42.0`, { method });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([405, 'text/html;charset=UTF-8']);
  expect(await answer.text()).toContain('Problem accessing /services/Soap/u/42.0. Reason:<pre>    Only POST allowed');
});
