/** Measures an authorization request, and remembers it for its token request. */
import type { AuthorizationFacts, OpaqueFacts } from '../../../src/history/facts.ts';
import { measureChallenge } from './challenge.ts';
import { measureRedirect } from './redirect.ts';
import { redactText } from '../redaction/parameters.ts';
import { parameter, type ParsedRequest } from '../parsed-request.ts';
import { digestOf, type Login, type RequestCorrelation } from '../correlation.ts';
import { entropyPerCharacter } from '../redaction/token-shape.ts';
import type { SecretRedactor } from '../redaction/redactor.ts';

const FORBIDDEN = ['client_secret', 'code_verifier', 'access_token', 'refresh_token'] as const;

interface App {
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUris: readonly string[];
}

/** Returns the names of secrets in the request: by the parameter's name, or by a known secret in the value of another. */
function leaks(received: ParsedRequest, redactor: SecretRedactor): readonly string[] {
  const found = new Set<string>(FORBIDDEN.filter((name) => received.query.has(name) || received.form.has(name)));
  const kinds = { SECRET: 'client_secret', VERIFIER: 'code_verifier', AT: 'access_token', RT: 'refresh_token' };
  for (const value of received.query.values())
    for (const label of redactor.redact(value).leaked)
      for (const [kind, name] of Object.entries(kinds)) if (label.split('#')[0] === kind) found.add(name);
  return [...found];
}

function opaque(
  kind: 'STATE' | 'NONCE',
  value: string | null,
  redactor: SecretRedactor,
  memory: RequestCorrelation,
): OpaqueFacts | null {
  if (value === null) return null;
  const seenBefore = memory.opaque.get(`${kind} ${digestOf(value)}`);
  return {
    ...redactor.label(kind, value),
    entropyBits: Math.round(value.length * entropyPerCharacter(value) * 10) / 10,
    ...(seenBefore === undefined ? {} : { seenBefore }),
  };
}

/** Measures an authorization request, whose parameters are in the query, or in the body of a POST (RFC 6749 §3.1). */
export function measureAuthorization(
  received: ParsedRequest,
  {
    app,
    redactor,
    memory,
  }: { readonly app: App; readonly redactor: SecretRedactor; readonly memory: RequestCorrelation },
): AuthorizationFacts {
  const leaked = leaks(received, redactor);
  const challenges = [...received.query.getAll('code_challenge'), ...received.form.getAll('code_challenge')];
  const challenge = challenges[0];
  const scope = parameter(received, 'scope');
  const redacted = (name: string, length: number): string | null => {
    const text = parameter(received, name);
    return text === null ? null : redactText(text, redactor, length);
  };
  return {
    kind: 'authorize',
    clientIdKnown: parameter(received, 'client_id') === app.clientId,
    responseType: redacted('response_type', 64),
    challenge:
      challenge === undefined
        ? null
        : measureChallenge(
            challenge,
            redactor.label('CHALLENGE', challenge),
            challenges.length,
            memory.challenges.get(digestOf(challenge))?.[0],
          ),
    method: redacted('code_challenge_method', 32),
    state: opaque('STATE', parameter(received, 'state'), redactor, memory),
    nonce: opaque('NONCE', parameter(received, 'nonce'), redactor, memory),
    scopes: (scope ?? '')
      .split(' ')
      .filter(Boolean)
      .slice(0, 64)
      .map((one) => redactText(one, redactor, 64)),
    redirect: measureRedirect(parameter(received, 'redirect_uri'), app.redirectUris),
    leaked,
  };
}

/** Remembers what later requests of the run are compared with. */
export function rememberAuthorization(received: ParsedRequest, seq: number, memory: RequestCorrelation): Login {
  const all = [...received.query, ...received.form].map(([name, value]) => [name, value.slice(0, 8_192)] as const);
  const challenge = parameter(received, 'code_challenge');
  const login: Login = {
    seq,
    challenge,
    method: parameter(received, 'code_challenge_method'),
    redirectUri: parameter(received, 'redirect_uri'),
    parameters: all.filter(([name]) => name !== 'code_challenge').slice(0, 64),
  };
  memory.logins.set(seq, login);
  if (challenge !== null) {
    const key = digestOf(challenge);
    memory.challenges.set(key, [...(memory.challenges.get(key) ?? []), seq].slice(-100));
  }
  for (const [kind, name] of [
    ['STATE', 'state'],
    ['NONCE', 'nonce'],
  ] as const) {
    const value = parameter(received, name);
    const key = `${kind} ${digestOf(value ?? '')}`;
    if (value !== null && memory.opaque.get(key) === undefined) memory.opaque.set(key, seq);
  }
  return login;
}
