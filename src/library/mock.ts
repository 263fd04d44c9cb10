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

/** The app registered at a mock, with generated ids filled in. */
export interface MockedApp {
  readonly clientId: string;
  /** Set for confidential clients only. */
  readonly clientSecret?: string;
  readonly client: 'public' | 'confidential';
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

/** An injected fault that waits for a matching request. */
export interface PendingFault {
  /** Number of requests it has affected. */
  readonly fired: number;
  /** Resolves when it has affected its first request. */
  readonly first: Promise<void>;
  /** Removes the fault. */
  disarm(): void;
}

/** A running mock. */
export interface SalesforceMock extends AsyncDisposable {
  /** Replaces `https://login.salesforce.com`; an origin without a slash at the end. */
  readonly loginUrl: string;
  /** The `instance_url` of token answers; its origin differs from `loginUrl`. */
  readonly instanceUrl: string;
  readonly app: MockedApp;
  /** Returns the variables that a client reads (`SF_LOGIN_URL`, `SF_CLIENT_ID` …; docs/contract.md, section 3). */
  env(): Record<string, string>;
  /** Acts as the user's browser: opens the authorization URL, signs in, consents, and resolves with the callback URL, which has code and
   * state.
   * @throws HarnessError `sign-in-url`, `sign-in-refused`, `callback-unreachable` */
  signIn(url: string | URL, options?: SignInOptions): Promise<URL>;
  /** Expires every access token issued so far: API requests are answered 401 `INVALID_SESSION_ID`. */
  expireSessions(): void;
  /** Rejects every refresh token issued so far: 400 `invalid_grant`, "expired access/refresh token". */
  rejectRefreshTokens(): void;
  /** Revokes every token family, as Salesforce does when a used refresh token is sent again: its refresh and access tokens become invalid. */
  revokeFamily(): void;
  /** Advances the mock's clock by milliseconds, for the lifetimes of codes, tokens and sessions. */
  advance(ms: number): void;
  /** Injects a fault into the next matching requests. `sf-conformance list --json` prints the names, such as `service-unavailable` and
   * `truncated-body`.
   * @throws HarnessError `unknown-fault` */
  fail(fault: string, options?: { readonly times?: number }): PendingFault;
  /** Holds exchanges at a point until they are released. */
  hold(point: GatePoint): Gate;
  /** Makes calls of the client contend for the refresh token. */
  race<T>(options: RaceOptions<T>): Promise<RaceResult<T>>;
  /** Returns the exchanges since the start or the last `reset`, with secrets replaced by labels. */
  exchanges(filter?: ExchangeFilter): readonly RecordedExchange[];
  /** Grades the exchanges so far by the checks of a run. Without ids, returns a finding for every check; checks that were not exercised
   * are `inconclusive`.
   * @throws HarnessError `unknown-check` */
  grade(ids?: readonly string[]): Promise<readonly Finding[]>;
  /** Discards the recording, opens gates and removes faults. Tokens stay valid. */
  reset(): void;
  /** Stops the mock and closes its ports. */
  close(): Promise<void>;
}

/** Starts a mock Salesforce on free ports of this machine. Writes nothing to disk (except, with `tls`, the certificate of its authority in
 * a temporary file).
 * @throws HarnessError whose code and hint name the wrong option. */
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
