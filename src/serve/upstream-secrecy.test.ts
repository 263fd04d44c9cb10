import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stage } from '../../mock-server/fixtures/stage.ts';
import { writeFidelity } from '../cli/fidelity-file.ts';
import { startLeakyOrg } from '../upstream/fixtures/leaky-org.ts';
import { readTarget } from '../upstream/target.ts';
import { startLive } from './fixtures/live.ts';

type Fields = Readonly<Record<string, string>>;

/** A client that sends back, in every place there is, what the org gave it. */
function careless(loginUrl: string) {
  const cookies: string[] = [];
  const ask = async (
    url: string,
    init: RequestInit = {},
  ): Promise<{ text: string; location: string; etag: string }> => {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    cookies.push(...response.headers.getSetCookie().map((one) => one.split(';')[0] ?? ''));
    return {
      text: await response.text(),
      location: response.headers.get('location') ?? '',
      etag: response.headers.get('etag') ?? '',
    };
  };
  const token = (fields: Fields, query = '') =>
    ask(`${loginUrl}/services/oauth2/token${query}`, { method: 'POST', body: new URLSearchParams(fields) });
  return { ask, token, cookies };
}

/** A run with the mock, to compare with; returns its folder. */
async function withMock(beside: string): Promise<string> {
  const { login, refresh, events } = await stage();
  await refresh((await login()).refresh_token);
  const folder = await mkdtemp(`${beside}-mock-`);
  await writeFile(join(folder, 'history.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return folder;
}

test('with an org that plants a value into every field and header, none of them is in anything that is written', async () => {
  const org = await startLeakyOrg();
  const formats = ['html', 'junit', 'markdown', 'sarif', 'ctrf', 'har'];
  const live = await startLive({}, {}, { upstream: { target: readTarget([org.url]) }, formats });
  onTestFinished(() => live.clean());
  const { ask, token, cookies } = careless(live.loginUrl);
  const base = { client_id: 'my-app', redirect_uri: 'http://127.0.0.1:9/cb' };
  await ask(
    `${live.loginUrl}/services/oauth2/authorize?${new URLSearchParams({ response_type: 'code', ...base }).toString()}`,
  );
  const exchange = { grant_type: 'authorization_code', code: 'the-code-of-this-login', ...base };
  const granted = JSON.parse((await token(exchange)).text) as Fields;
  const instance = granted['instance_url'] ?? '';
  expect(instance).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(instance).not.toBe(org.url);
  const bearer = { authorization: `Bearer ${granted['access_token'] ?? ''}` };
  const again = JSON.parse(
    (await token({ grant_type: 'refresh_token', refresh_token: granted['refresh_token'] ?? '', ...granted })).text,
  ) as Fields;
  await token({ grant_type: 'refresh_token', refresh_token: again['refresh_token'] ?? '' }, '?fail=1');

  const page = await ask(
    `${instance}/services/data/v60.0/query?q=${encodeURIComponent(`SELECT Id FROM Contact WHERE Name='${granted['csrf_token'] ?? ''}'`)}`,
    { headers: bearer },
  );
  const { nextRecordsUrl, records } = JSON.parse(page.text) as { nextRecordsUrl: string; records: Fields[] };
  await ask(instance + nextRecordsUrl, { headers: { ...bearer, 'If-None-Match': page.etag, 'X-Trace': page.etag } });
  await ask(
    `${instance}/services/data/v60.0/sobjects/Contact/${encodeURIComponent(records[0]?.['email'] ?? '')}?fail=1`,
    {
      headers: { ...bearer, Cookie: cookies.join('; '), Referer: `${instance}/${page.etag}` },
    },
  );
  for (const path of [
    '/services/oauth2/userinfo',
    new URL(granted['id'] ?? '').pathname,
    '/services/data/v60.0/page',
    '/services/data/v60.0/jobs/query/1/results',
    '/services/data/v60.0/x?move=1',
  ]) {
    await ask(instance + path, { headers: bearer });
  }
  const login = await ask(`${live.loginUrl}/services/Soap/u/60.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: page.etag },
    body: `<Envelope><Body><login><username>${records[0]?.['name'] ?? ''}</username><password>${granted['csrf_token'] ?? ''}</password></login></Body></Envelope>`,
  });
  const session = /<sessionId>([^<]*)/.exec(login.text)?.[1] ?? '';
  expect(/<serverUrl>([^<]*)\/services/.exec(login.text)?.[1]).toBe(instance);
  await ask(`${instance}/services/Soap/u/60.0?fail=1`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<Envelope><Header><SessionHeader><sessionId>${session}</sessionId></SessionHeader></Header></Envelope>`,
  });
  await ask(`${instance}/services/async/60.0/job`, {
    method: 'POST',
    headers: { 'X-SFDC-Session': session },
    body: login.text,
  });
  await ask(
    `${instance}/secur/frontdoor.jsp?sid=${encodeURIComponent(session)}&retURL=${encodeURIComponent(login.text)}`,
  );
  await ask(`${live.loginUrl}/services/oauth2/revoke?token=${encodeURIComponent(again['refresh_token'] ?? '')}`);
  await ask(`${live.loginUrl}/services/oauth2/introspect`, {
    method: 'POST',
    body: new URLSearchParams({ token: session, ...granted }),
  });

  const { dir } = await live.end();
  await writeFidelity(dir, [await withMock(dir), dir]);
  expect(await readdir(dir)).toContain('fidelity.json');
  expect(org.planted.length).toBeGreaterThan(300);
  const leaks: string[] = [];
  for (const file of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const text = await readFile(join(file.parentPath, file.name), 'utf8');
    for (const value of org.planted) if (text.includes(value)) leaks.push(`${value} in ${file.name}`);
    for (const code of ['the-code-of-this-login']) if (text.includes(code)) leaks.push(`${code} in ${file.name}`);
  }
  expect(leaks).toEqual([]);
  expect(live.said()).not.toMatch(/Kanari/);
  expect(live.events().filter(({ kind }) => kind === 'response').length).toBeGreaterThan(15);
});
