/** Starts a mock: the only way in. */
import { randomBytes } from 'node:crypto';
import { listen } from './listener.ts';
import { createApp } from './app.ts';
import { createControl } from './control.ts';
import { createMint } from './dialect/mint.ts';
import { createOrg } from './dialect/org.ts';
import { signingKey } from './dialect/signing-key.ts';
import { codeGrant } from './endpoint/code-grant.ts';
import { createFaults } from './faults/faults.ts';
import { createGates } from './gates/gates.ts';
import type { Mock, MockOptions, Mode } from './mock.ts';
import type { Parts } from './parts.ts';
import { readSwitches } from './policy/switches.ts';
import { createProvider } from './provider.ts';
import { createRecorder } from './recorder/recorder.ts';
import { findToken } from './resource/introspect.ts';
import { createLedger } from './rotation/ledger.ts';
import { presetOf } from './rotation/preset.ts';
import { refreshGrant } from './rotation/refresh-grant.ts';
import { tokenBook } from './rotation/token-book.ts';
import { createMemoryStore } from './store/memory.ts';
import type { Store } from './store/store.ts';
import { Trouble } from '../src/trouble.ts';

/** A store of one's own instead of memory: for tests, and for several instances that share one. */
export interface StartOptions extends MockOptions {
  readonly store?: Store;
}

/**
 * Starts a mock of one org and one app: a login origin and an instance origin, both ready when the promise resolves.
 *
 * @throws Trouble `port-in-use`, `unknown-rotation`, `unknown-switch`, `bad-switch`, `missing-secret`
 */
export async function start(options: StartOptions): Promise<Mock> {
  const { app, record, now, vault } = options;
  if (app.client === 'confidential' && (app.clientSecret ?? '') === '') {
    throw new Trouble('missing-secret', 'A confidential app without a secret.', 'Give the app a clientSecret.');
  }
  const preset = presetOf(options.rotation ?? 'salesforce');
  const switches = readSwitches(options.switches);
  const host = options.host ?? '127.0.0.1';
  const store = options.store ?? createMemoryStore();
  const cookieKey = randomBytes(24).toString('base64url');
  const browserKey = randomBytes(24).toString('base64url');
  const org = createOrg();
  const mint = createMint(randomBytes(32), org.shortId);
  const ledger = createLedger(store.families, record);
  const gates = createGates({ record });
  const faults = createFaults({ record });
  let mode: Mode = options.mode ?? 'strict';

  const complain = (error: unknown) => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    record({ kind: 'note', text: vault.redact(`The mock failed: ${text}`.slice(0, 2000)).text });
  };
  const ports = { login: 0, instance: 0 };
  const recorder = createRecorder({
    record,
    now,
    vault,
    app,
    browserKey,
    tokens: tokenBook({ mint, ledger }),
    hostOf: (port) => (port === ports.login ? 'login' : port === ports.instance ? 'instance' : 'other'),
    held: () => gates.held,
  });

  const ready = Promise.withResolvers<Parts>();
  // Nobody may be waiting yet when it fails; whoever asks for an answer then is told.
  ready.promise.catch(complain);
  const handler = createApp({ recorder: recorder.middleware, parts: ready.promise, complain, cookieKey }).callback();
  const answer = (...exchange: Parameters<typeof handler>) => void handler(...exchange);
  const login = await listen(answer, host, options.port ?? 0);
  const instance = await listen(answer, host, 0).catch(async (error: unknown) => {
    await login.close();
    throw error;
  });
  Object.assign(ports, { login: login.port, instance: instance.port });

  const build = async (): Promise<Parts> => {
    const provider = createProvider({
      issuer: login.origin,
      app,
      org,
      models: store.models,
      findToken: findToken({ mint, ledger }),
      signingKey: await signingKey(),
      cookieKey,
      newCode: () => mint.code(randomBytes(8).toString('hex')),
      onServerError: complain,
    });
    const parts: Parts = {
      ...{ app, org, switches, preset, mint, ledger, gates, faults, vault, record, provider },
      loginUrl: login.origin,
      instanceUrl: instance.origin,
      mode: () => mode,
      clock: Date.now,
    };
    provider.registerGrantType('authorization_code', codeGrant(parts), ['code', 'redirect_uri', 'code_verifier']);
    provider.registerGrantType('refresh_token', refreshGrant(parts), ['refresh_token']);
    return parts;
  };
  build().then(ready.resolve, ready.reject);

  return {
    loginUrl: login.origin,
    instanceUrl: instance.origin,
    org: { id: org.id },
    control: createControl({
      ledger,
      gates,
      faults,
      record,
      setMode: (next) => (mode = next),
      shapeRefreshTokens: (shape) => {
        mint.shapeRefreshTokens(shape);
      },
      refuseConnections: (on) => {
        login.refuse(on);
      },
    }),
    browserKey,
    get open() {
      return recorder.open;
    },
    quiet: (quietMs) => recorder.quiet(quietMs),
    async close() {
      gates.reset();
      faults.reset();
      await Promise.all([login.close(), instance.close()]);
      await ledger.idle();
    },
  };
}
