/** A target that sends one request to a mock. */
import type { Arbitrary } from 'fast-check';
import { target, type Target } from '../target.ts';
import { examineEvents, examineReply } from './oracle.ts';
import { openSession } from './session.ts';
import { read, send } from './wire.ts';

/** Texts may hold the placeholders of a session. */
export interface Sent {
  readonly host?: 'login' | 'instance';
  readonly method: string;
  /** Path and query; what a request line cannot hold is percent-encoded. */
  readonly path: string;
  /** What a header cannot hold becomes `?`. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Families are never dropped, so a mock is not asked for ever. */
const MOST_REQUESTS = 1_500;

export const httpTarget = (
  name: string,
  input: Arbitrary<Sent>,
  client: 'public' | 'confidential' = 'confidential',
): Target =>
  target<Sent>({
    name,
    input,
    async open() {
      let session = await openSession(client);
      let count = 0;
      return {
        async check(sent) {
          count += 1;
          if (count % MOST_REQUESTS === 0) {
            await session.close();
            session = await openSession(client);
          }
          const { mock } = session;
          const path = printable(await session.fill(sent.path), '/');
          const body = await session.fill(sent.body ?? '');
          const lines = [`${sent.method} ${path} HTTP/1.1`, 'Host: mock', 'Connection: close'];
          for (const [key, value] of sent.headers) lines.push(`${key}: ${headerText(await session.fill(value))}`);
          if (body !== '' || sent.method === 'POST') lines.push(`Content-Length: ${String(Buffer.byteLength(body))}`);
          session.taken();
          const bytes = await send(
            sent.host === 'instance' ? mock.instanceUrl : mock.loginUrl,
            `${lines.join('\r\n')}\r\n\r\n${body}`,
          );
          const reply = read(bytes, sent.method);
          examineEvents(session.taken(), session.secrets(), reply.headers.has('content-type'));
          examineReply(path.split('?')[0] ?? '', sent.method, reply);
          session.spent(reply.body.toString('utf8'));
        },
        close: () => session.close(),
      };
    },
  });

/** As a request line can hold it; at most what Node reads of one. */
function printable(path: string, otherwise: string): string {
  const safe = path.toWellFormed().replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign));
  return safe === '' ? otherwise : safe.slice(0, 12_000);
}

const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e\u0080-\u00ff]/gu, '?').slice(0, 12_000);
