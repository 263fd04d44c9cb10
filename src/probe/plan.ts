/** Plans the requests of the probe: no user, no secret, no real code, nothing that changes data at the server. */
import { createHash, randomBytes } from 'node:crypto';

/** Id of a request of the probe. */
export type ProbeId = 'control' | 'no-challenge' | 'plain' | 'token-control' | 'token-no-verifier';

/** A request of the probe. */
export interface ProbeRequest {
  readonly id: ProbeId;
  /** Purpose of the request, for the announcement. */
  readonly purpose: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Form fields of a POST. */
  readonly form?: URLSearchParams;
}

/** The server and the app that the probe asks about. */
export interface ProbeTarget {
  /** Origin of the authorization server, with the path of an Experience Cloud site if there is one; no slash at the end. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** A callback URL of the app. Without it most servers refuse every authorization request. */
  readonly redirectUri?: string;
}

/** Plans three authorization requests (with S256, without a challenge, with `plain`) and two token requests with a code that was never
 * issued (with a verifier, without). The first of each kind is the control: only a difference from it shows anything. */
export function probePlan({ loginUrl, clientId, redirectUri }: ProbeTarget): readonly ProbeRequest[] {
  const verifier = randomBytes(48).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const redirect = redirectUri === undefined ? {} : { redirect_uri: redirectUri };
  const authorize = (id: ProbeId, purpose: string, pkce: Readonly<Record<string, string>>): ProbeRequest => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      ...redirect,
      state: randomBytes(16).toString('base64url'),
      ...pkce,
    });
    return { id, purpose, method: 'GET', url: `${loginUrl}/services/oauth2/authorize?${query.toString()}` };
  };
  const token = (id: ProbeId, purpose: string, pkce: Readonly<Record<string, string>>): ProbeRequest => ({
    id,
    purpose,
    method: 'POST',
    url: `${loginUrl}/services/oauth2/token`,
    form: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      ...redirect,
      code: MADE_UP_CODE,
      ...pkce,
    }),
  });
  return [
    authorize('control', 'an authorization request as it should be, with code_challenge_method=S256, for comparison', {
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }),
    authorize('no-challenge', 'the same without a code_challenge: it should be refused', {}),
    authorize('plain', 'the same with code_challenge_method=plain: it should be refused', {
      code_challenge: verifier,
      code_challenge_method: 'plain',
    }),
    token('token-control', 'a token request with a made-up code and a code_verifier, for comparison', {
      code_verifier: verifier,
    }),
    token('token-no-verifier', 'the same without a code_verifier: it should be refused for that', {}),
  ];
}

/** A code that no server has issued, recognizable by its text. */
const MADE_UP_CODE = 'made-up-by-sf-conformance-probe';
