/**
 * A mock Salesforce for tests of an OAuth client: strict about PKCE and refresh token rotation, steered by the test, asked what happened.
 *
 * @example
 * ```ts
 * import { startMock } from 'sf-conformance/mock';
 *
 * await using salesforce = await startMock({ app: { client: 'public' } });
 * const client = createClient(salesforce.env());
 * await client.finishLogin(await salesforce.signIn(client.authorizationUrl()));
 * salesforce.expireSessions();
 * await client.query('SELECT Id FROM Account');
 * const [finding] = await salesforce.grade(['RTR-01']);
 * ```
 */
import { keepCompiledCode } from '../compile-cache.ts';
import type { Gate, GatePoint, Mode } from '../../mock-server/mock.ts';
import type { MockOptions } from './options.ts';
import type { ExchangeFilter, RecordedExchange } from './exchanges.ts';
import type { Finding } from './grade.ts';
import type { RaceOptions, RaceResult } from './race.ts';
import type { SignInOptions } from './sign-in.ts';

export type {
  ExchangeFilter,
  Finding,
  Gate,
  GatePoint,
  MockOptions,
  RaceOptions,
  RaceResult,
  RecordedExchange,
  SignInOptions,
};
export { HarnessError } from '../errors.ts';

/** The app that a mock knows, with generated ids filled in. */
export interface MockedApp {
  readonly clientId: string;
  /** Confidential clients only. */
  readonly clientSecret?: string;
  readonly client: 'public' | 'confidential';
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

/** A fault that waits for its request. */
export interface PendingFault {
  /** How often it has acted. */
  readonly fired: number;
  /** Resolves when it has acted for the first time. */
  readonly first: Promise<void>;
  /** Takes it back. */
  disarm(): void;
}

/** A running mock; see the members. */
export interface SalesforceMock extends AsyncDisposable {
  /** Stands in for `https://login.salesforce.com`; an origin, no slash at the end. */
  readonly loginUrl: string;
  /** The `instance_url` of token answers; another origin than `loginUrl`. */
  readonly instanceUrl: string;
  readonly app: MockedApp;
  /** Returns the variables that a client reads (`SF_LOGIN_URL`, `SF_CLIENT_ID` …; docs/contract.md, section 3). */
  env(): Record<string, string>;
  /**
   * Plays the user's browser: opens the authorization URL, signs in, consents, and resolves with the callback URL (code and state in it).
   * @throws HarnessError `sign-in-url`, `sign-in-refused`, `callback-unreachable`
   */
  signIn(url: string | URL, options?: SignInOptions): Promise<URL>;
  /** Expires every access token issued so far: API requests are answered 401 `INVALID_SESSION_ID`. */
  expireSessions(): void;
  /** Rejects every refresh token issued so far: 400 `invalid_grant`, "expired access/refresh token". */
  rejectRefreshTokens(): void;
  /** Ends every token family, as Salesforce does when a used refresh token is sent again: refresh and access tokens are dead. */
  revokeFamily(): void;
  /** Puts the mock's clock forward, in milliseconds: codes, tokens and sessions age. */
  advance(ms: number): void;
  /** Arms a fault for the next matching requests; the names are those of scenarios: `service-unavailable`, `truncated-body` …. @throws HarnessError `unknown-fault` */
  fail(fault: string, options?: { readonly times?: number }): PendingFault;
  /** Holds exchanges at a point until they are opened. */
  hold(point: GatePoint): Gate;
  /** Makes calls of the client meet in a race for the refresh token. */
  race<T>(options: RaceOptions<T>): Promise<RaceResult<T>>;
  /** Returns what was recorded since the start or the last `reset`, secrets replaced by labels. */
  exchanges(filter?: ExchangeFilter): readonly RecordedExchange[];
  /**
   * Grades the exchanges so far by the checks of a run. Without ids: a finding for every check; what was not exercised is `inconclusive`.
   * @throws HarnessError `unknown-check`
   */
  grade(ids?: readonly string[]): Promise<readonly Finding[]>;
  /** Forgets what was recorded, opens gates and disarms faults. Tokens stay valid. */
  reset(): void;
  /** Stops the mock and closes its ports. */
  close(): Promise<void>;
}

/**
 * Starts a mock Salesforce on free ports of this machine. Nothing is written to disk (with `tls`: the certificate of its authority, in a
 * temporary file).
 * @throws HarnessError with a code and a hint that name the option which is wrong.
 */
export async function startMock(options: MockOptions = {}): Promise<SalesforceMock> {
  keepCompiledCode();
  const { createCorrelation, createRecording, createRedactor, readOptions, recordedMock, start } =
    await import('./start-mock.ts');
  const { config, mock: mockSettings, env } = await readOptions(options);
  const recording = createRecording();
  const mode: Mode = config.mock.policy;
  const mock = await start({
    ...mockSettings,
    ...{ mode, switches: config.mock.switches, redactor: createRedactor(), correlation: createCorrelation() },
    record: (body) => recording.record(body),
    now: () => recording.now(),
  });
  const { control, loginUrl, instanceUrl, caFile } = mock;
  const { signIn, race, exchanges, grade, close: closeBrowsers } = recordedMock({ mock, control, recording, config });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closeBrowsers();
    return (closing ??= mock.close());
  };

  return {
    ...{ loginUrl, instanceUrl, app: appOf(config.app), env: () => env(loginUrl, caFile) },
    ...{ signIn, race, exchanges, grade, close, [Symbol.asyncDispose]: close },
    expireSessions: () => {
      control.expireAccessTokens();
    },
    rejectRefreshTokens: () => {
      control.rejectRefreshTokens();
    },
    revokeFamily: () => {
      control.replayOldToken();
    },
    advance: (ms) => {
      control.advance(ms);
    },
    fail: (fault, { times = 1 } = {}) => control.inject({ fault, times }),
    hold: (point) => control.hold({ point }),
    reset() {
      control.reset();
      recording.clear();
    },
  };
}

function appOf({ clientId, clientSecret, client, redirectUris, scopes }: MockedApp): MockedApp {
  return { clientId, client, redirectUris, scopes, ...(clientSecret !== undefined && { clientSecret }) };
}
