/** Validates the options of a mock and reads the files that they name. */
import { HarnessError } from '../src/errors.ts';
import { readFixtures, type Fixtures } from './api/data/fixtures.ts';
import type { OriginOptions } from './http/listeners.ts';
import type { MockApp, MockOptions, Mode } from './mock.ts';
import { readPublicKey, type PublicKey } from './oauth/public-key.ts';
import type { AppSecrets } from './recorder/measure/client.ts';
import { readSwitches, type Switches } from './switches/switches.ts';
import { presetOf, type Preset } from './token-families/preset.ts';

/** The app of a mock; only its secrets change while the mock runs. */
export type RunningApp = Omit<MockApp, 'clientSecret'> & {
  clientSecret?: string;
  stagedSecret?: AppSecrets['stagedSecret'];
};

/** The validated settings of a mock. */
export interface MockSettings {
  /** A separate copy of the app. */
  readonly app: RunningApp;
  /** The mode that the mock starts in. */
  readonly mode: Mode;
  readonly preset: Preset;
  readonly switches: Switches;
  readonly publicKey: PublicKey | undefined;
  readonly fixtures: Fixtures;
  readonly origins: Omit<OriginOptions, 'onRefused'>;
}

type SettingsOptions = Omit<MockOptions, 'record' | 'now' | 'redactor' | 'correlation'>;

/** Returns the settings with defaults for omitted options.
 * @throws HarnessError `missing-secret`, `unknown-rotation`, `unknown-switch`, `bad-switch`, `bad-public-key`, `bad-fixture` */
export async function readSettings(options: SettingsOptions): Promise<MockSettings> {
  return {
    app: readApp(options.app),
    mode: options.mode ?? 'strict',
    preset: presetOf(options.rotation ?? 'salesforce'),
    switches: readSwitches(options.switches),
    publicKey: await readPublicKey(options.app.publicKey),
    fixtures: await readFixtures(options.fixtures),
    origins: {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      instancePort: options.instancePort ?? 0,
      more: options.hosts ?? [],
      tls: options.tls ?? false,
      public: options.public ?? false,
    },
  };
}

function readApp(app: MockApp): RunningApp {
  if (app.client === 'confidential' && (app.clientSecret ?? '') === '') {
    throw new HarnessError('missing-secret', 'A confidential app has no secret.', 'Give the app a clientSecret.');
  }
  return { ...app };
}
