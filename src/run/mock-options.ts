/** Converts a configuration into options of the mock. */
import { readFile } from 'node:fs/promises';
import type { MockApp, MockOptions } from '../../mock-server/mock.ts';
import type { LoadedConfig } from '../config/load.ts';
import { HarnessError } from '../errors.ts';

type ConfiguredOptions = Pick<MockOptions, 'host' | 'app' | 'rotation' | 'tls' | 'hosts' | 'public' | 'fixtures'>;

/** Reads the app's certificate. The caller adds port, mode and switches.
 * @throws HarnessError `public-key-unreadable` */
export async function mockOptions({ app, mock }: Pick<LoadedConfig, 'app' | 'mock'>): Promise<ConfiguredOptions> {
  const { name, clientId, client, redirectUris, clientSecret, publicKey } = app;
  const { host, rotation, tls, hosts, fixtures } = mock;
  const mockApp: MockApp = {
    ...{ name, clientId, client, redirectUris },
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(publicKey === undefined ? {} : { publicKey: await keyIn(publicKey) }),
  };
  return {
    ...{ host, rotation, tls, hosts, public: mock.public, app: mockApp },
    ...(fixtures === undefined ? {} : { fixtures }),
  };
}

async function keyIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new HarnessError(
      'public-key-unreadable',
      `"app.publicKey" names ${path}, which cannot be read.`,
      'Name a file with the PEM of the certificate or public key that the app signs its assertions with.',
      { cause },
    );
  }
}
