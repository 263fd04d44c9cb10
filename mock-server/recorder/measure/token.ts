/** Measures a token request (RFC 6749 §4.1.3, §6; RFC 7636 §4.5). */
import type { TokenFacts, VerifierFacts } from '../../../src/history/facts.ts';
import { steadyNow } from '../../clock.ts';
import { s256 } from './challenge-variant.ts';
import type { TokenLookup } from '../exchange.ts';
import { measureClient } from './client.ts';
import { measureProof } from './dpop.ts';
import { findLogin } from './find-login.ts';
import { measureRefreshToken } from './refresh-token.ts';
import { measureVerifier } from './verifier.ts';
import { mediaType, parameter, type ParsedRequest } from '../parsed-request.ts';
import { showName } from '../redaction/org-request.ts';
import { redactText } from '../redaction/parameters.ts';
import { digestOf, type Login, type RequestCorrelation } from '../correlation.ts';
import type { SecretRedactor } from '../redaction/redactor.ts';

/** What measuring a token request needs to know of the app and the run. */
export interface TokenMeasuring {
  readonly app: { readonly clientId: string; readonly clientSecret?: string };
  readonly redactor: SecretRedactor;
  readonly memory: RequestCorrelation;
  readonly book: TokenLookup;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Whether another server issues the codes: the login of a code is then found by its challenge. Default: false. */
  readonly codesFromElsewhere?: boolean | undefined;
}

const LONGEST_VERIFIER = 8_192;

function verifierFacts(
  verifier: string,
  code: string | null,
  login: Login | null,
  { redactor, memory, nowMs }: TokenMeasuring,
): VerifierFacts {
  const bounded = verifier.slice(0, LONGEST_VERIFIER);
  const matches = memory.challenges.get(digestOf(s256(bounded))) ?? [];
  const logins = matches.flatMap((seq) => memory.logins.get(seq) ?? []);
  return measureVerifier(bounded, {
    secret: redactor.label('VERIFIER', verifier),
    login,
    code: code === null ? null : digestOf(code),
    matches,
    logins,
    earlier: memory.verifiers.values(),
    otherChallenges: () =>
      [...memory.logins.values()].filter((one) => one !== login).flatMap((one) => one.challenge ?? []),
    nowMs,
    steadyMs: steadyNow(),
  });
}

/** Measures a token request. `code.uses` includes this request: 1 for the first that carries the code. */
export async function measureToken(received: ParsedRequest, measuring: TokenMeasuring): Promise<TokenFacts> {
  const { app, redactor, memory, book } = measuring;
  // Awaited first: later steps compare with the state of this moment.
  const proof = await measureProof(received, redactor);
  const refreshToken = await measureRefreshToken(parameter(received, 'refresh_token'), redactor, book);
  const redacted = (text: string | null): string | null => (text === null ? null : redactText(text, redactor, 128));
  const code = parameter(received, 'code');
  const known = code === null ? undefined : memory.codes.get(digestOf(code));
  const verifier = parameter(received, 'code_verifier');
  const found =
    code !== null && known === undefined && measuring.codesFromElsewhere === true
      ? findLogin(verifier?.slice(0, LONGEST_VERIFIER) ?? null, memory)
      : undefined;
  const login = known?.login ?? found?.login ?? null;
  const redirectUri = parameter(received, 'redirect_uri');
  return {
    kind: 'token',
    grantType: redacted(parameter(received, 'grant_type')),
    auth: measureClient(received, app),
    code:
      code === null
        ? null
        : {
            ...redactor.label('CODE', code),
            login: login?.seq ?? null,
            uses: (known?.uses ?? 0) + 1,
            ...(found?.login === null ? { openLogins: found.open } : {}),
          },
    verifier: verifier === null ? null : verifierFacts(verifier, code, login, measuring),
    refreshToken,
    redirect: redirectUri === null ? 'absent' : redirectUri === login?.redirectUri ? 'same' : 'different',
    contentType: redacted(mediaType(received)),
    queryNames: [...new Set(received.query.keys())]
      .slice(0, 32)
      .map((name) =>
        measuring.codesFromElsewhere === true ? showName(name, redactor) : redactText(name, redactor, 64),
      ),
    ...(proof !== undefined && { dpop: proof }),
  };
}

/** Remembers what later requests of the run are compared with.
 * @param facts the facts of this request */
export function rememberToken(
  received: ParsedRequest,
  facts: Pick<TokenFacts, 'code'>,
  seq: number,
  memory: RequestCorrelation,
): void {
  const code = parameter(received, 'code');
  if (code !== null) {
    const key = digestOf(code);
    const known = memory.codes.get(key);
    const login = known?.login ?? memory.logins.get(facts.code?.login ?? 0) ?? null;
    memory.codes.set(key, { login, uses: (known?.uses ?? 0) + 1 });
  }
  const verifier = parameter(received, 'code_verifier')?.slice(0, LONGEST_VERIFIER);
  if (verifier === undefined) return;
  const key = digestOf(verifier);
  if (!memory.verifiers.get(key)?.code)
    memory.verifiers.set(key, { verifier, seq, code: code === null ? null : digestOf(code) });
}
