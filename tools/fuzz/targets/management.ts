/** The management port: commands in JSON by a caller with the token, and paths by any caller. */
import fc from 'fast-check';
import { createFeed, startManagement } from '../../../mock-server/management/management.ts';
import { json, mutated, near, text, type Json } from '../hostile.ts';
import { openSession } from '../mock/session.ts';
import { read, send } from '../mock/wire.ts';
import { must, target } from '../target.ts';

const ORDERS: Readonly<Record<string, Json>> = {
  '/faults': { fault: 'busy', on: 'refresh', times: 1, with: { a: 1 } },
  '/gates': { point: 'refresh-request', limit: 1 },
  '/gates/open': { gate: 'G1' },
  '/expire': { family: 'F#1' },
  '/reject': { family: 'F#1', reason: 'expired' },
  '/replay': {},
  '/standing': { standing: 'inactive-user', user: 'U1' },
  '/advance': { ms: 1 },
  '/age': { ms: 1, idleLimitMs: 2 },
  '/app': { rotation: false, afterMs: 1 },
  '/stage-secret': { valid: 'both' },
  '/mode': { mode: 'strict' },
  '/refuse-connections': { on: false },
  '/rotate-secret': { secret: 'x' },
  '/reset': {},
};
const WORDS = [
  'family',
  'F#1',
  'ms',
  'mode',
  'always',
  'with',
  'invalid-grant',
  'slow',
  'slow-body',
  'resource-denied',
  'strict',
];

interface Order {
  readonly method: string;
  readonly path: string;
  readonly token: boolean;
  readonly host: string;
  readonly body: string;
}

export const management = target<Order>({
  name: 'management',
  input: fc.constantFrom(...Object.keys(ORDERS)).chain((path) =>
    fc.record({
      method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'HEAD'),
      path: fc.oneof(
        { weight: 6, arbitrary: fc.constant(path) },
        {
          weight: 1,
          arbitrary: text(['/', '/state', '/open?ticket=', '/..'], 2_000).map(
            (one) => `/${encodeURIComponent(one.toWellFormed())}`,
          ),
        },
        { weight: 1, arbitrary: fc.constant('/state') },
      ),
      token: fc.boolean(),
      host: fc.oneof(
        { weight: 8, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('evil.example', '127.0.0.1', 'localhost:1', '127.0.0.1:x') },
      ),
      body: fc.oneof(
        { weight: 5, arbitrary: near(ORDERS[path] ?? {}, WORDS).map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: json(WORDS).map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: mutated('{"ms":1}', WORDS) },
      ),
    }),
  ),
  async open() {
    const session = await openSession();
    const feed = createFeed();
    const port = await startManagement({ mock: session.mock, feed });
    return {
      async check({ method, path, token, host, body }) {
        const lines = [
          `${method} ${path} HTTP/1.1`,
          `Host: ${host === '' ? new URL(port.origin).host : host}`,
          'Connection: close',
          `Content-Length: ${String(Buffer.byteLength(body))}`,
        ];
        if (token) lines.push(`Authorization: Bearer ${port.token}`);
        const reply = read(await send(port.origin, `${lines.join('\r\n')}\r\n\r\n${body}`), method);
        const said = reply.body.toString('utf8');
        must(reply.status < 500, `It answered ${String(reply.status)}: ${said.slice(0, 300)}`);
        must(host === '' || reply.status === 421, `It answers under the name ${host}.`);
        must(
          token || path.startsWith('/open') || reply.status >= 400,
          `Without the token it answered ${String(reply.status)}.`,
        );
        must(said.length < 200_000, `The answer has ${String(said.length)} characters.`);
        if (reply.status === 400)
          must((JSON.parse(said) as { error?: unknown }).error !== '', 'A refusal says nothing.');
        const fault = session.taken().find((event) => event.kind === 'note' && event.harnessFault === true);
        must(fault === undefined, `The mock says that it failed: ${JSON.stringify(fault)}`);
        session.mock.control.reset();
        session.taken();
      },
      async close() {
        await port.close();
        await session.close();
      },
    };
  },
});
