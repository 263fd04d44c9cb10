import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { createCorrelation } from '../../mock-server/recorder/correlation.ts';
import { createRedactor } from '../../mock-server/recorder/redaction/create-redactor.ts';
import { start } from '../../mock-server/start.ts';
import type { Mode } from '../../mock-server/mock.ts';
import type { Event, EventBody, EventOf } from '../history/event.ts';
import { probe } from './probe.ts';

const CLIENT_ID = `3MVG9${'probe'.repeat(16)}`;
const CALLBACK = 'https://app.example.com/callback';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function mocked(mode: Mode, client: 'public' | 'confidential' = 'public') {
  const events: Event[] = [];
  const mock = await start({
    app: {
      clientId: CLIENT_ID,
      client,
      redirectUris: [CALLBACK],
      ...(client === 'public' ? {} : { clientSecret: 'f'.repeat(64) }),
    },
    mode,
    redactor: createRedactor(),
    correlation: createCorrelation(),
    now: () => performance.now(),
    record: (body: EventBody) => {
      const event = { ...body, seq: events.length + 1, t: 0, scenario: '', prev: '' } as Event;
      events.push(event);
      return event;
    },
  });
  closing.push(() => mock.close());
  const requests = () => events.filter((event): event is EventOf<'request'> => event.kind === 'request');
  const families = () => events.filter(({ kind }) => kind === 'family');
  return { mock, requests, families };
}

async function served(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      }),
  );
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const run = async (
  loginUrl: string,
  more: { redirectUri?: string; timeoutMs?: number } = { redirectUri: CALLBACK },
) => {
  const said: string[] = [];
  const probed = await probe({ loginUrl, clientId: CLIENT_ID, announce: (text) => void said.push(text), ...more });
  return { ...probed, said: said.join(''), results: probed.conclusions.map(({ result }) => result) };
};

describe('against the mock', () => {
  it.each<[Mode, string[], number]>([
    ['strict', ['refused', 'refused', 'refused'], 0],
    ['salesforce', ['refused', 'refused', 'refused'], 0],
    ['observing', ['not-refused', 'not-refused', 'unknown'], 1],
  ])('%s', async (mode, results, exit) => {
    const { mock, requests, families } = await mocked(mode);
    const probed = await run(mock.loginUrl);
    expect(probed).toMatchObject({ results, exit });
    expect(requests().map(({ endpoint }) => endpoint)).toEqual([
      'authorize',
      'authorize',
      'authorize',
      'token',
      'token',
    ]);
    expect(families()).toEqual([]);
  });

  it('cannot decide about the verifier when the app wants a secret first, and says so', async () => {
    const { mock } = await mocked('strict', 'confidential');
    const probed = await run(mock.loginUrl);
    expect(probed).toMatchObject({ results: ['refused', 'refused', 'unknown'], exit: 0 });
    expect(probed.conclusions[2]?.concluded).toMatch(/invalid_client/);
  });

  it('concludes nothing without a redirect URI, and says what is missing', async () => {
    const { mock } = await mocked('strict');
    const probed = await run(mock.loginUrl, {});
    expect(probed).toMatchObject({ exit: 3 });
    expect(probed.output).toMatch(/--redirect-uri/);
  });

  it('never shows the whole client id or the verifier', async () => {
    const { mock } = await mocked('strict');
    const { said, output, conclusions } = await run(mock.loginUrl);
    expect(said + output + JSON.stringify(conclusions)).not.toContain(CLIENT_ID);
  });
});

describe('what it sends', () => {
  it('is announced before anything is sent, and not sent when the announcement is refused', async () => {
    let asked = 0;
    const url = await served((_, response) => {
      asked += 1;
      response.end();
    });
    const stop = probe({ loginUrl: url, clientId: CLIENT_ID, announce: () => Promise.reject(new Error('no')) });
    await expect(stop).rejects.toThrow('no');
    expect(asked).toBe(0);
    const { said } = await run(url);
    expect(said).toContain(`5 requests to ${url} and to no other host`);
    expect(asked).toBe(5);
  });

  it('goes to the named host only, wherever that redirects to', async () => {
    let elsewhere = 0;
    const other = await served((_, response) => {
      elsewhere += 1;
      response.end();
    });
    const url = await served(({ method }, response) =>
      method === 'GET'
        ? response.writeHead(302, { location: `${other}/login` }).end()
        : response.writeHead(400).end('{"error":"invalid_grant"}'),
    );
    expect((await run(url)).results).toEqual(['not-refused', 'not-refused', 'unknown']);
    expect(elsewhere).toBe(0);
  });
});

describe('a server that does not play along', () => {
  it('that never answers is left after the time limit', async () => {
    const url = await served(() => undefined);
    expect(await run(url, { redirectUri: CALLBACK, timeoutMs: 50 })).toMatchObject({
      exit: 3,
      results: ['unknown', 'unknown', 'unknown'],
    });
  });

  it('that sends the request in circles, or on to another server, says nothing of PKCE', async () => {
    for (const to of ['', 'https://acme.my.example.com']) {
      const url = await served(({ method, url: asked }, response) =>
        method === 'GET'
          ? response.writeHead(302, { location: `${to}${asked ?? ''}` }).end()
          : response.writeHead(400).end('{"error":"invalid_grant"}'),
      );
      const { exit, results, output } = await run(url);
      expect({ exit, results }).toEqual({ exit: 3, results: ['unknown', 'unknown', 'unknown'] });
      expect(output.replace(/\s+/g, ' ')).toContain(to === '' ? 'back to its own' : `${to}: probe that login URL`);
    }
  });

  it('whose firewall refuses the second request is not taken for one that requires PKCE', async () => {
    const url = await served(({ method, url: asked = '' }, response) => {
      if (method === 'POST') response.writeHead(400).end('{"error":"invalid_grant"}');
      else if (asked.includes('S256')) response.writeHead(302, { location: '/login?x' }).end();
      else response.writeHead(403).end('<h1>Request blocked</h1>');
    });
    expect(await run(url)).toMatchObject({ exit: 3, results: ['unknown', 'unknown', 'unknown'] });
  });

  it('that refuses by a script in a page has refused', async () => {
    const url = await served(({ method, url: asked = '' }, response) => {
      const to = asked.includes('S256')
        ? '/login'
        : `${CALLBACK}?error=invalid_request&error_description=missing%20required%20code%20challenge`;
      if (method === 'POST') response.writeHead(400).end('{"error":"invalid_grant"}');
      else response.end(`<html><script>window.location.replace('${to}');</script></html>`);
    });
    expect(await run(url)).toMatchObject({ exit: 0, results: ['refused', 'refused', 'unknown'] });
  });

  it.each([500, 429, 302, 204])('that answers everything with %i is not judged', async (status) => {
    const url = await served((_, response) => response.writeHead(status).end());
    expect(await run(url)).toMatchObject({ exit: 3, results: ['unknown', 'unknown', 'unknown'] });
  });

  it('that is not there', async () => {
    expect(await run('http://127.0.0.1:9')).toMatchObject({ exit: 3 });
  });

  it('that answers everything with a page is no authorization server', async () => {
    const url = await served((_, response) => response.end('<title>Welcome</title>'));
    expect(await run(url)).toMatchObject({ exit: 3, results: ['unknown', 'unknown', 'unknown'] });
  });

  it('that sends without end is read only in part', async () => {
    const url = await served((_, response) => {
      const more = (): void => {
        while (response.writable && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const before = process.memoryUsage().rss;
    expect(await run(url, { redirectUri: CALLBACK, timeoutMs: 3000 })).toMatchObject({
      results: ['unknown', 'unknown', 'unknown'],
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_048_576);
  });
});

describe('wrong usage', () => {
  const with_ = (change: object) =>
    probe({
      loginUrl: 'https://login.example.com',
      clientId: CLIENT_ID,
      announce: () => {
        throw new Error('sent');
      },
      ...change,
    });
  it.each([
    ['no URL', { loginUrl: 'login.salesforce.com' }, 'probe-url'],
    ['plain http to another machine', { loginUrl: 'http://login.example.com' }, 'probe-url'],
    ['a name that looks like loopback', { loginUrl: 'http://127.0.0.1.example.com' }, 'probe-url'],
    ['a password in the URL', { loginUrl: 'https://a:b@login.example.com' }, 'probe-url'],
    ['another scheme', { loginUrl: 'file:///etc/passwd' }, 'probe-url'],
    ['an empty client id', { clientId: '' }, 'probe-client-id'],
    ['a line break in the client id', { clientId: 'a\nb' }, 'probe-client-id'],
    ['a redirect URI that is none', { redirectUri: 'callback' }, 'probe-redirect-uri'],
  ])('%s', async (_, change, code) => {
    await expect(with_(change)).rejects.toMatchObject({ name: 'HarnessError', code, exit: 2 });
  });
});
