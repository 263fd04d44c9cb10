/** The app as a session with a real org knows it: from the configuration, or from the client's own first requests. */
import { readBasic } from '../../mock-server/gateway.ts';
import type { MockApp } from '../../mock-server/mock.ts';
import type { SecretRedactor } from '../../mock-server/recording.ts';

/** What the configuration says of the app itself; the rest is learned. */
export interface ConfiguredApp {
  readonly client: MockApp['client'];
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
}

export interface LearnedApp {
  /** Changes while it is learned. */
  readonly app: MockApp;
  /** Learns from a request, before it is measured. */
  readonly learn: (request: Readable) => void;
}

/** A request as far as something can be learned from it. */
interface Readable {
  readonly endpoint: string;
  readonly form: URLSearchParams;
  readonly query: URLSearchParams;
  readonly headers: readonly (readonly [string, string])[];
}

/**
 * Returns the app. What the configuration leaves out is taken from the first authorization request (client id, redirect URI) and from the first token
 * request that has a secret: whether these are right is for the org to say, and a second one that differs is noticed.
 */
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
