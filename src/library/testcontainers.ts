/**
 * A mock Salesforce in a container, by Testcontainers. The engine has to be on this machine, whose loopback the mock's addresses name.
 *
 * @example
 * ```ts
 * await using salesforce = await startSalesforceContainer();
 * const client = createClient(salesforce.env);
 * const { callback } = await salesforce.control('/sign-in', { url: client.authorizationUrl() });
 * ```
 */
import { randomBytes } from 'node:crypto';
import { GenericContainer, RandomPortGenerator, Wait } from 'testcontainers';
import { HarnessError } from '../errors.ts';
import type { MockOptions } from './options.ts';

/** Options of `startSalesforceContainer`; those it shares with `startMock` mean the same. */
export interface ContainerOptions extends Pick<MockOptions, 'app' | 'policy' | 'rotation' | 'switches'> {
  /** Name of the image. Default `sf-conformance`. */
  readonly image?: string;
}

/** A mock in a running container, which is stopped and removed at the end of `await using`. */
export interface SalesforceContainer extends AsyncDisposable {
  /** The variables that a client reads: `SF_LOGIN_URL`, `SF_CLIENT_ID` … */
  readonly env: Readonly<Record<string, string>>;
  /** Sends a request of docs/openapi/control.v1.yaml; resolves with the answer. @throws HarnessError `control-refused` */
  control(path: string, body?: object): Promise<Readonly<Record<string, unknown>>>;
}

/** Starts a container; resolves when its control port answers. Ports have the same numbers inside and outside. */
export async function startSalesforceContainer(options: ContainerOptions = {}): Promise<SalesforceContainer> {
  const { image = 'sf-conformance', app = {}, ...mock } = options;
  const free = new RandomPortGenerator();
  const ports = [await free.generatePort(), await free.generatePort(), await free.generatePort()] as const;
  const host = '0.0.0.0';
  const token = randomBytes(24).toString('base64url');
  const config = {
    ...{ app, mock: { ...mock, host, public: true, port: ports[0], instancePort: ports[1] } },
    dashboard: { host, port: ports[2], token: { env: 'CONTROL_TOKEN' } },
  };
  const file = '/data/conformance.config.json';
  const container = await new GenericContainer(image)
    .withCopyContentToContainer([{ content: JSON.stringify(config), target: file }])
    .withCommand(['serve', '--headless', '-c', file])
    .withEnvironment({ CONTROL_TOKEN: token })
    .withExposedPorts(...ports.map((port) => ({ container: port, host: port })))
    .withWaitStrategy(Wait.forHttp('/env', ports[2]).withHeaders({ authorization: `Bearer ${token}` }))
    .start();
  const controlUrl = `http://127.0.0.1:${String(ports[2])}`;
  const control: SalesforceContainer['control'] = async (path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(controlUrl + path, init);
    const text = await answer.text();
    if (!answer.ok) throw new HarnessError('control-refused', `${path}: ${text}`, 'See docs/openapi/control.v1.yaml.');
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  const env = (await control('/env')) as SalesforceContainer['env'];
  return { env, control, [Symbol.asyncDispose]: () => container.stop().then(() => undefined) };
}
