/** Provides the app in a session with a real org: from the configuration, or from the client's first requests. */
import { readBasic } from '../../mock-server/gateway.ts';
import type { MockApp } from '../../mock-server/mock.ts';
import type { SecretRedactor } from '../../mock-server/recording.ts';

/** The configured parts of the app; the others are learned. */
export interface ConfiguredApp {
  readonly client: MockApp['client'];
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
}

/** The app, and the function that learns it. */
export interface LearnedApp {
  /** Changes while parts are learned. */
  readonly app: MockApp;
  /** Learns from a request before its facts are measured. */
  readonly learn: (request: Readable) => void;
}

/** The parts of a request that the app can be learned from. */
interface Readable {
  readonly endpoint: string;
  readonly form: URLSearchParams;
  readonly query: URLSearchParams;
  readonly headers: readonly (readonly [string, string])[];
}

/** Creates the app. Parts that are not configured are taken from the first authorization request (client id, redirect URI) and the first
 * token request with a secret. The org decides whether they are valid; a later request with other values is noticed. */
export function learnedApp(configured: ConfiguredApp, redactor: SecretRedactor): LearnedApp {
  const { client, clientId = '', clientSecret, redirectUris = [] } = configured;
  const app = { client, clientId, redirectUris, ...(clientSecret !== undefined && { clientSecret }) };
  const known: { clientId: string; clientSecret?: string; redirectUris: readonly string[] } = app;
  return {
    app,
    learn({ endpoint, form, query, headers }) {
      const value = (name: string): string => form.get(name) ?? query.get(name) ?? '';
      const basic = readBasic(headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]);
      if (endpoint !== 'authorize' && endpoint !== 'token') return;
      if (known.clientId === '') known.clientId = value('client_id') || (basic?.raw.id ?? '');
      if (endpoint === 'authorize' && known.redirectUris.length === 0 && value('redirect_uri') !== '') {
        known.redirectUris = [value('redirect_uri')];
      }
      const secret = value('client_secret') || (basic?.formDecoded?.secret ?? basic?.raw.secret ?? '');
      if (endpoint === 'token' && known.clientSecret === undefined && secret !== '' && client === 'confidential') {
        known.clientSecret = secret;
        redactor.label('SECRET', secret);
      }
    },
  };
}
