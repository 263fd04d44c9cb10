import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.ts';
import { resolveConfig, type LoadedConfig } from './resolve.ts';

const resolved = (input: unknown, env: Record<string, string> = {}): LoadedConfig =>
  resolveConfig(input, { file: '/app/conformance.config.json', dir: '/app', cwd: '/typed', env });

function harnessErrorOf(input: unknown, env: Record<string, string> = {}): HarnessError {
  try {
    resolved(input, env);
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('no trouble');
}

describe('defaults', () => {
  it('are the contract’s', () => {
    const { app, driver, mock, run, report, attestations, baseline } = resolved({});
    expect(app).toMatchObject({
      kind: 'external-client-app',
      client: 'public',
      redirectUris: ['http://127.0.0.1:0/callback'],
      scopes: ['api', 'refresh_token'],
      sharedStore: false,
      persistence: 'durable',
      metadata: [],
    });
    expect(driver).toEqual({ type: 'manual' });
    expect(mock).toEqual({
      host: '127.0.0.1',
      port: 0,
      instancePort: 0,
      public: false,
      tls: false,
      hosts: [],
      policy: 'strict',
      rotation: 'salesforce',
      switches: {},
    });
    expect(run).toEqual({ workers: 'auto', timeoutMs: 30_000, quietMs: 300, holdMs: 5_000, seed: 1, herd: 8 });
    expect(report).toEqual({ dir: '/typed/reports/runs', formats: ['html', 'json', 'junit', 'markdown'] });
    expect(attestations).toEqual({});
    expect(baseline).toEqual({ path: '/app/conformance.baseline.json', named: false });
  });
});

describe('requirement set', () => {
  it('is the one that is named, or that of May 2026', () => {
    expect(resolved({}).rules).toBe('sf-partner-2026-05');
    expect(resolved({ rules: 'sf-partner-2026-11' }).rules).toBe('sf-partner-2026-11');
  });

  it('is refused when there is no such set, and the nearest one is named', () => {
    expect(harnessErrorOf({ rules: 'sf-partner-2026-10' }).message).toContain('did you mean "sf-partner-2026-1');
  });
});

describe('addresses of the client', () => {
  it.each(['203.0.113.7', '203.0.113.0/28', '2001:db8::1', '2001:db8::/120', '0.0.0.0/0'])('takes %s', (address) => {
    expect(resolved({ app: { egress: [address] } }).app.egress).toEqual([address]);
  });

  it.each([
    '203.0.113',
    '203.0.113.0/33',
    '2001:db8::/129',
    'fe80::1%eth0',
    '203.0.113.0/28/1',
    'proxy.example',
    '1.2.3.4/',
  ])('refuses %s', (address) => {
    expect(harnessErrorOf({ app: { egress: [address] } }).message).toContain('"app.egress[0]" must be an IP address');
  });

  it('are not declared unless they are named; an empty list is a fault', () => {
    expect(resolved({}).app).not.toHaveProperty('egress');
    expect(harnessErrorOf({ app: { egress: [] } }).message).toContain('must not be empty');
  });
});

describe('versions of the client', () => {
  const command = ['node', 'adapter.js'] as const;

  it('the earlier one has a driver of the same type', () => {
    const { driver } = resolved({
      driver: { type: 'adapter', command, previous: { command: ['node', 'old.js'] }, seeded: true },
    });
    expect(driver).toMatchObject({ previous: { command: ['node', 'old.js'], cwd: '.', env: {} }, seeded: true });
  });

  it('takes no driver of another type, and none for a person', () => {
    const other = { type: 'adapter', command, previous: { authorize: command, call: command } };
    expect(harnessErrorOf({ driver: other }).code).toBe('config-unknown-key');
    expect(harnessErrorOf({ driver: { type: 'manual', previous: {} } }).code).toBe('config-unknown-key');
  });

  it('a lease lasts at least a millisecond', () => {
    expect(resolved({ app: { leaseMs: 8_000 } }).app.leaseMs).toBe(8_000);
    expect(harnessErrorOf({ app: { leaseMs: 0 } }).message).toContain('"app.leaseMs"');
  });
});

describe('credentials', () => {
  it('are generated in Salesforce’s shape, anew each time', () => {
    const one = resolved({ app: { client: 'confidential' } }).app;
    const two = resolved({ app: { client: 'confidential' } }).app;
    expect(one.clientId).toMatch(/^3MVG9[A-Za-z0-9]{80}$/u);
    expect(one.clientSecret).toMatch(/^[0-9A-F]{64}$/u);
    expect(one.clientId).not.toBe(two.clientId);
    expect(one.clientSecret).not.toBe(two.clientSecret);
  });

  it('give a public client no secret', () => {
    expect(resolved({ app: { client: 'public' } }).app).not.toHaveProperty('clientSecret');
  });

  it('are kept when they are named', () => {
    expect(resolved({ app: { client: 'confidential', clientId: 'id', clientSecret: 's3' } }).app).toMatchObject({
      clientId: 'id',
      clientSecret: 's3',
    });
  });

  it('of scripts come from the environment alone', () => {
    const dashboard = { token: { env: 'TOKEN' } };
    expect(resolved({ dashboard }, { TOKEN: 'a'.repeat(16) }).dashboard).toMatchObject({
      token: 'a'.repeat(16),
      port: 0,
    });
    for (const env of [{}, { TOKEN: 'short' }, { TOKEN: `${'a'.repeat(16)} b` }, { TOKEN: 'a'.repeat(201) }])
      expect(harnessErrorOf({ dashboard }, env as Record<string, string>)).toMatchObject({
        code: 'config-invalid',
        message: expect.stringContaining('TOKEN'),
      });
    expect(harnessErrorOf({ dashboard: { token: 'a'.repeat(16) } }).code).toBe('config-invalid');
    expect(resolved({}).dashboard).not.toHaveProperty('token');
  });

  it('come from the environment', () => {
    const input = { app: { client: 'confidential', clientSecret: { env: 'MY_SECRET' } } };
    expect(resolved(input, { MY_SECRET: 'hush' }).app.clientSecret).toBe('hush');
    expect(harnessErrorOf(input).message).toContain('environment variable MY_SECRET, which is not set');
  });

  it('are refused for a public client, without repeating them', () => {
    const trouble = harnessErrorOf({ app: { clientSecret: 'do-not-print-me' } });
    expect(trouble.message).toContain('"app.clientSecret" is for confidential clients only');
    expect(trouble.message).not.toContain('do-not-print-me');
  });
});

describe('paths', () => {
  it('are relative to the file', () => {
    const { app, report, baseline } = resolved({
      app: { metadata: ['force-app/main/default', '/abs'] },
      report: { dir: 'out' },
      baseline: 'known.json',
    });
    expect(app.metadata).toEqual(['/app/force-app/main/default', '/abs']);
    expect(report.dir).toBe('/app/out');
    expect(baseline).toEqual({ path: '/app/known.json', named: true });
  });
});

describe('faults', () => {
  it.each<[unknown, string]>([
    [{ app: { redirectUri: 'x' } }, 'unknown key "app.redirectUri"; the nearest known one is "app.redirectUris"'],
    [{ run: { workrs: 2 } }, 'unknown key "run.workrs"; the nearest known one is "run.workers"'],
    [{ timeoutMs: 5 }, 'unknown key "timeoutMs"; the nearest known one is "run.timeoutMs"'],
    [{ drivr: {} }, 'unknown key "drivr"; the nearest known one is "driver"'],
    [
      { driver: { type: 'adapter', command: ['a'], comand: [] } },
      'unknown key "driver.comand"; the nearest known one is "driver.command"',
    ],
    [
      { attestations: { 'SF-PKCE-ENABLE': {} } },
      'unknown key "attestations.SF-PKCE-ENABLE"; the nearest known one is "attestations.SF-PKCE-ENABLED"',
    ],
    [
      { attestations: { 'SF-PKCE-ENABLED': { by: 'a', at: '2026-01-01', proof: 'p', until: '2027-01-01', note: '' } } },
      'unknown key "attestations.SF-PKCE-ENABLED.note"; the nearest known one is "attestations.SF-PKCE-ENABLED.',
    ],
    [
      { driver: { type: 'browser', baseUrl: 'http://x', authorize: { gotoo: '/' }, call: {} } },
      'unknown key "driver.authorize.gotoo"; the nearest known one is "driver.authorize.goto"',
    ],
    [JSON.parse('{"__proto__":{"a":1}}'), 'unknown key "__proto__"'],
  ])('%j: %s', (input, sentence) => {
    const trouble = harnessErrorOf(input);
    expect(trouble.code).toBe('config-unknown-key');
    expect(trouble.exit).toBe(2);
    expect(trouble.message).toContain(sentence);
  });

  it.each<[unknown, string]>([
    [
      { mock: { policy: 'strikt' } },
      '"mock.policy" must be "strict" or "salesforce", not "strikt"; did you mean "strict"?',
    ],
    [{ run: { workers: 'two' } }, '"run.workers" must be a whole number from 1 to 64, or "auto".'],
    [{ run: { workers: 1.5 } }, '"run.workers" must be a whole number from 1 to 64, or "auto".'],
    [{ run: { herd: 1 } }, '"run.herd" must be at least 2, not 1.'],
    [{ mock: { public: 'yes' } }, '"mock.public"'],
    [{ mock: { hosts: ['sandbox'] } }, '"mock.hosts[0]"'],
    [{ mock: { port: 70_000 } }, '"mock.port" must be at most 65535, not 70000.'],
    [{ run: { suites: ['pkse'] } }, '"run.suites[0]" must be "pkce",'],
    [{ app: { redirectUris: [] } }, '"app.redirectUris" must not be empty.'],
    [{ app: { redirectUris: ['/callback'] } }, '"app.redirectUris[0]" must be an absolute URI'],
    [{ app: { redirectUris: ['javascript:alert(1)'] } }, 'must not have the scheme javascript:'],
    [{ app: { redirectUris: ['http://127.0.0.1:0/cb#x'] } }, 'must have no fragment'],
    [{ app: { redirectUris: ['https://acme.example:0/cb'] } }, 'may have port 0 on a loopback address only'],
    [{ app: { scopes: ['api refresh_token'] } }, '"app.scopes[0]" must be one scope'],
    [{ app: { client: 'confidential', clientSecret: 5 } }, '"app.clientSecret" must be a text, or {"env": "NAME"}'],
    [{ driver: { type: 'adaptor', command: ['a'] } }, 'did you mean "adapter"?'],
    [{ driver: {} }, '"driver.type" is missing; it must be '],
    [{ driver: { type: 'adapter' } }, '"driver.command" is missing; it must be a list.'],
    [
      { driver: { type: 'http', baseUrl: 'x', authorize: { path: '/a' }, call: { path: 'b' } } },
      '"driver.call.path" must begin with "/".',
    ],
    [
      { driver: { type: 'http', baseUrl: 'x', authorize: { path: '/a' }, call: { path: '/b' } } },
      '"driver.baseUrl" must be a URL.',
    ],
    [
      { driver: { type: 'browser', baseUrl: 'http://x', authorize: { goto: 1 }, call: {} } },
      '"driver.authorize.goto" must be a text, not a number.',
    ],
    [
      { driver: { type: 'browser', baseUrl: 'http://x', authorize: 5, call: {} } },
      '"driver.authorize" must be an object or a list.',
    ],
    [{ driver: { type: 'adapter', command: [] } }, '"driver.command" must not be empty.'],
    [{ app: null }, '"app" must be an object, not null.'],
    [[], '"the whole" must be an object, not a list.'],
    ['text', '"the whole" must be an object, not a text.'],
    [
      { attestations: { 'SF-RTR-STORE': { by: 'A', at: '2026-13-01', proof: 'x', until: '2027-01-01' } } },
      '"attestations.SF-RTR-STORE.at"',
    ],
  ])('%j: %s', (input, sentence) => {
    const trouble = harnessErrorOf(input);
    expect(trouble.code).toBe('config-invalid');
    expect(trouble.message).toContain(sentence);
    expect(trouble.hint).not.toBe('');
  });

  it('are all reported at once, each in a line', () => {
    const { message } = harnessErrorOf({ run: { workers: 0, herd: 0 }, mock: { tls: 'yes' }, extra: 1 });
    expect(message.split('\n')).toHaveLength(5);
    expect(message).toMatch(/^\/app\/conformance\.config\.json has 4 faults:\n {2}- /u);
  });
});

it('names the variables that the client does not inherit: those of the harness, but not that of the app’s secret', () => {
  const env = { BOARD: 'token-of-the-dashboard', APP: 'secret-of-the-app-itself' };
  const withheld = (token: string) =>
    resolved(
      { app: { client: 'confidential', clientSecret: { env: 'APP' } }, dashboard: { token: { env: token } } },
      env,
    ).withheld;
  expect(withheld('BOARD')).toEqual(['BOARD']);
  expect(withheld('APP')).toEqual([]);
  expect(resolved({}).withheld).toEqual([]);
});
