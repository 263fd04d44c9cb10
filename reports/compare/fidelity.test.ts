import { expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { compareAnswers } from './fidelity.ts';

/** Events of exchanges: what was asked, and how it was answered. */
function history(...exchanges: readonly { readonly asked: object; readonly answered: object }[]): readonly Event[] {
  return exchanges.flatMap(({ asked, answered }, exchange) => [
    { kind: 'request', exchange, method: 'POST', path: '/x', ...asked } as unknown as Event,
    { kind: 'response', exchange, ...answered } as unknown as Event,
  ]);
}

const REFRESH = { endpoint: 'token', facts: { kind: 'token', grantType: 'refresh_token' } };
const TOOL = { name: 'sf-conformance', version: '1' };

test('lists by kind of request in what the org differs, and what only one side was asked', () => {
  const mock = history(
    { asked: REFRESH, answered: { status: 200, body: '{"access_token":"AT#1","refresh_token":"RT#2"}' } },
    {
      asked: REFRESH,
      answered: { status: 400, error: 'invalid_grant', errorDescription: 'expired access/refresh token' },
    },
    { asked: { endpoint: 'userinfo', facts: { kind: 'resource' } }, answered: { status: 200, body: '{"sub":"x"}' } },
  );
  const org = history(
    {
      asked: REFRESH,
      answered: { status: 200, body: '{"access_token":"AT#1","sfdc_site_url":"text(9)"}', headerNames: ['vary'] },
    },
    {
      asked: REFRESH,
      answered: { status: 400, error: 'invalid_grant', errorDescription: 'expired access/refresh token' },
    },
    { asked: { endpoint: 'revoke', facts: { kind: 'revoke' } }, answered: { status: 200 } },
  );
  const { answers, onlyMock, onlyOrg } = compareAnswers(mock, org, TOOL);
  expect(answers.map(({ request, outcome, differs }) => [request, outcome, differs])).toEqual([
    ['token refresh_token', 'refused', []],
    ['token refresh_token', 'succeeded', ['fields']],
  ]);
  expect(answers[1]?.org).toMatchObject({ fields: ['access_token', 'sfdc_site_url'], headerNames: ['vary'] });
  expect([onlyMock, onlyOrg]).toEqual([['userinfo: succeeded'], ['revoke: succeeded']]);
});

test('an answer that a fault made, or that was never sent, says nothing of the server', () => {
  const events = history(
    { asked: REFRESH, answered: { status: 503, fault: 'service-unavailable' } },
    { asked: REFRESH, answered: { status: 0 } },
  );
  expect(compareAnswers(events, events, TOOL)).toMatchObject({ answers: [], onlyMock: [], onlyOrg: [] });
});
