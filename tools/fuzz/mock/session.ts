/** A mock with a signed-in user, whose secrets inputs name by placeholders: a corpus holds no secret. */
import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { Event, EventBody } from '../../../src/history/event.ts';
import type { Mock } from '../../../mock-server/mock.ts';
import { createCorrelation } from '../../../mock-server/recorder/correlation.ts';
import { createRedactor } from '../../../mock-server/recorder/redaction/create-redactor.ts';
import { start } from '../../../mock-server/start.ts';
import { CALLBACK, CLIENT_ID, talk } from '../../../test-kit/login.ts';

/** What an input may say instead of a value that is drawn anew each time. */
export const PLACES = [
  '{{CLIENT}}',
  '{{SECRET}}',
  '{{BASIC}}',
  '{{RT}}',
  '{{AT}}',
  '{{CODE}}',
  '{{VERIFIER}}',
  '{{CHALLENGE}}',
  '{{CALLBACK}}',
] as const;

export interface Session {
  readonly mock: Mock;
  readonly privateKey: KeyObject;
  /** Events since the last call. */
  taken(): readonly Event[];
  /** The text with every placeholder as what it stands for now. */
  fill(text: string): Promise<string>;
  /** Raw values that may appear in no event. */
  secrets(): readonly string[];
  /** Takes every answer: what was spent is replaced by a new value. */
  spent(answer: string): void;
  close(): Promise<void>;
}

interface Secrets {
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly code: string;
  readonly verifier: string;
}

export async function openSession(
  client: 'public' | 'confidential' = 'confidential',
  switches: Readonly<Record<string, string | boolean | number>> = {},
): Promise<Session> {
  const events: Event[] = [];
  const begun = performance.now();
  const record = (body: EventBody): Event => {
    const event = { seq: events.length + 1, t: performance.now() - begun, scenario: '', prev: '', ...body };
    events.push(event);
    return event;
  };
  let seq = 0;
  const secret = randomBytes(32).toString('hex').toUpperCase();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app = {
    ...{ clientId: CLIENT_ID, clientSecret: secret, client, redirectUris: ['http://127.0.0.1:0/callback'] },
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  const mock = await start({
    ...{
      app,
      now: () => performance.now() - begun,
      redactor: createRedactor(),
      correlation: createCorrelation(),
      mode: 'salesforce',
    },
    record: (body) => ({ ...record(body), seq: (seq += 1) }),
    switches: { approvalLimit: 0, dynamicRegistration: true, ...switches },
  });
  let known: Secrets | undefined;
  let old: string[] = [];
  const current = async (): Promise<Secrets> => (known ??= await signIn(mock, secret));
  return {
    ...{ mock, privateKey },
    taken: () => events.splice(0),
    async fill(text) {
      if (!text.includes('{{')) return text;
      const { refreshToken, accessToken, code, verifier } = await current();
      const values: Readonly<Record<string, string>> = {
        ...{ CLIENT: CLIENT_ID, SECRET: secret, RT: refreshToken, AT: accessToken, CODE: code, VERIFIER: verifier },
        BASIC: Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64'),
        CHALLENGE: createHash('sha256').update(verifier).digest('base64url'),
        CALLBACK,
      };
      return text.replace(/\{\{([A-Z]+)\}\}/gu, (whole, name: string) => values[name] ?? whole);
    },
    secrets() {
      const { refreshToken, accessToken, code, verifier } = known ?? {};
      return [secret, refreshToken, accessToken, code, verifier, ...old].filter((one) => one !== undefined);
    },
    spent(answer) {
      if (!/refresh_token|invalid_grant|invalid_code|expired|INVALID_SESSION|InvalidSession|"revoked"/u.test(answer))
        return;
      if (known) old = [...old, known.refreshToken, known.accessToken].slice(-8);
      known = undefined;
    },
    close: () => mock.close(),
  };
}

/** Two logins by the harness's own browser: one is redeemed, of the other the code is kept. */
async function signIn(mock: Mock, secret: string): Promise<Secrets> {
  const { login, authorize } = talk(mock);
  const tokens = await login({}, 'U1', { client_secret: secret });
  const { code, verifier } = await authorize();
  return { refreshToken: tokens.refresh_token, accessToken: tokens.access_token, code, verifier };
}
