/** What a web application under test answers: the http driver walks through it as a browser does. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { httpSchema } from '../../../src/drivers/config.ts';
import { beginHttp } from '../../../src/drivers/http.ts';
import type { EventBody } from '../../../src/history/event.ts';
import { mutated } from '../hostile.ts';
import { must, target } from '../target.ts';

const RIGHT = [
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<p>Hello, <b>you</b>',
  'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/services/oauth2/authorize?a=b\r\nSet-Cookie: a=b; Path=/; HttpOnly\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 307 Temporary Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 500 Internal Server Error\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n',
  'HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\n\r\n<script>top-secret-value</script>top-secret-value',
  'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
];
const WORDS = [
  '\r\n',
  '\n',
  'Location: ',
  'Set-Cookie: __Host-a=b; Domain=evil.example\r\n',
  'Content-Length: 99999999\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Content-Encoding: br\r\n',
  'HTTP/1.1 302 ',
  'HTTP/1.1 999 ',
  '//evil.example/',
  'file:///etc/passwd',
  'top-secret-value',
  '<',
  '<script',
  'refresh',
];
/** The driver's own bound on one action. */
const TIMEOUT_MS = 1_000;
const MOST_TEXT = 10_000;

export const webApplication = target<readonly string[]>({
  name: 'web-application',
  input: fc.array(mutated(fc.constantFrom(...RIGHT), WORDS, 100_000), { minLength: 1, maxLength: 3 }),
  async open() {
    let answers: readonly string[] = [];
    let asked = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.end(answers[asked % Math.max(1, answers.length)] ?? '', 'latin1');
        asked += 1;
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const ask = (path: string) => ({ path });
    const config = httpSchema.parse({
      type: 'http',
      baseUrl,
      authorize: ask('/login'),
      call: ask('/api'),
      status: ask('/status'),
      disconnect: ask('/logout'),
    });
    return {
      async check(input) {
        answers = input;
        asked = 0;
        const events: EventBody[] = [];
        const counts = { action: 0, process: 0, user: 0 };
        const session = await beginHttp(
          config,
          { configDir: '.' },
          {
            ...{
              env: {},
              loginUrl: 'http://127.0.0.1:1',
              redirectUris: [`${baseUrl}/callback`],
              timeoutMs: TIMEOUT_MS,
              browserKey: 'key',
            },
            record: (body) => ({ seq: events.push(body), t: 0, scenario: '', prev: '', ...body }),
            redact: (raw) => ({ text: raw.replaceAll('top-secret-value', 'SECRET'), leaked: [] }),
            next: (what) => (counts[what] += 1),
          },
        );
        try {
          const results = ['ok', 'failed', 'unsupported', 'timed-out', 'died', 'interrupted'];
          for (const action of ['authorize', 'call', 'status', 'disconnect'] as const)
            must(results.includes((await session.main[action]()).result), `${action} was not answered.`);
        } finally {
          await session.end();
        }
        const written = JSON.stringify(events);
        must(!written.includes('top-secret-value'), 'A secret is in the history.');
        must(written.length <= MOST_TEXT, `Four actions make ${String(written.length)} characters of history.`);
      },
      async close() {
        server.close();
        await once(server, 'close');
      },
    };
  },
});
