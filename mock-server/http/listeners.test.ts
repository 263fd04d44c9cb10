import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { HarnessError } from '../../src/errors.ts';
import { stage } from '../fixtures/stage.ts';

describe('where it listens', () => {
  test.each(['0.0.0.0', '::', '', '192.0.2.1', 'example.org'])('%j is refused unless it is said', async (host) => {
    const failed = stage({ host });
    await expect(failed).rejects.toBeInstanceOf(HarnessError);
    await expect(failed).rejects.toMatchObject({ code: 'not-loopback', exit: 2 });
  });

  test('with `public` it listens for others too', async () => {
    const { mock } = await stage({ host: '0.0.0.0', public: true });
    const port = new URL(mock.loginUrl).port;
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    expect((await fetch(`http://${outside ?? '127.0.0.1'}:${port}/services/data`)).status).toBe(200);
  });

  test.each(['localhost', '127.0.0.1', '127.0.0.2'])('%s is loopback', async (host) => {
    const { mock } = await stage({ host });
    expect((await fetch(`${mock.loginUrl}/services/data`)).status).toBe(200);
  });

  test('a port in use is reported with TLS and more hosts too', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    await expect(stage({ port, hosts: ['test'], tls: true })).rejects.toMatchObject({ code: 'port-in-use' });
    other.close();
  });
});

describe('hosts', () => {
  test('are opened when they are asked for, each an issuer of its own', async () => {
    const { mock } = await stage({ hosts: ['test', 'my-domain', 'experience'] });
    expect(Object.keys(mock.hosts)).toEqual(['login', 'instance', 'test', 'my-domain', 'experience']);
    expect(new Set(Object.values(mock.hosts)).size).toBe(5);
    for (const host of ['login', 'test', 'my-domain', 'experience'] as const) {
      const origin = mock.hosts[host]!;
      const document = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
      expect(document).toMatchObject({ issuer: origin, token_endpoint: `${origin}/services/oauth2/token` });
    }
    expect(Object.keys((await stage()).mock.hosts)).toEqual(['login', 'instance']);
  });
});
