/** A whole sign-in by an attacker: the request, the page with its cookies, the answer to it, the way back. */
import fc from 'fast-check';
import { mutated, text } from '../hostile.ts';
import { examineEvents, examineReply } from '../mock/oracle.ts';
import { openSession } from '../mock/session.ts';
import { read, send } from '../mock/wire.ts';
import { must, target } from '../target.ts';
import { value } from './oauth-form.ts';

interface SignIn {
  /** Added to a right authorization request. */
  readonly more: string;
  /** What the person answers. */
  readonly form: string;
  /** Put in place of the cookies; the empty text leaves them. */
  readonly cookie: string;
}

const WORDS = ['user=', 'answer=allow', 'answer=deny', '&', '%00', '<script>alert(1)</script>', 'U1'];
const MOST_STEPS = 6;

export const signIn = target<SignIn>({
  name: 'sign-in',
  input: fc.record({
    more: fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom(
              'login_hint',
              'state',
              'nonce',
              'display',
              'prompt',
              'scope',
              'max_age',
              'claims',
              'immediate',
            ),
            value,
          )
          .map(([name, one]) => `&${name}=${encodeURIComponent(one.toWellFormed())}`),
      },
    ),
    form: mutated(fc.constantFrom('user=U1&answer=allow', 'user=U2&answer=deny', 'user=&answer=allow'), WORDS, 4_000),
    cookie: fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: text(['sfmock_interaction=x', 'sfmock_interaction.sig=', '; '], 4_000) },
    ),
  }),
  async open() {
    const session = await openSession();
    return {
      async check({ more, form, cookie }) {
        const { mock } = session;
        const jar = new Map<string, string>();
        const right = await session.fill(
          'response_type=code&client_id={{CLIENT}}&redirect_uri={{CALLBACK}}&scope=api&state=s&code_challenge={{CHALLENGE}}&code_challenge_method=S256',
        );
        session.taken();
        let path = `/services/oauth2/authorize?${right}${more}`.slice(0, 12_000);
        let body = '';
        let answered = false;
        for (let step = 0; step < MOST_STEPS; step += 1) {
          const cookies =
            cookie !== '' && step > 0
              ? cookie.replace(/[^\x20-\x7e]/gu, '?')
              : [...jar].map((pair) => pair.join('=')).join('; ');
          const head = [
            `${body === '' ? 'GET' : 'POST'} ${path} HTTP/1.1`,
            'Host: mock',
            'Connection: close',
            `Cookie: ${cookies}`,
          ];
          if (body !== '')
            head.push(
              'Content-Type: application/x-www-form-urlencoded',
              `Content-Length: ${String(Buffer.byteLength(body))}`,
            );
          const bytes = await send(mock.loginUrl, `${head.join('\r\n')}\r\n\r\n${body}`);
          const reply = read(bytes, 'GET');
          for (const [, name = '', one = ''] of bytes
            .toString('latin1')
            .matchAll(/^set-cookie: ([^=;\r\n]+)=([^;\r\n]*)/gimu))
            jar.set(name, one);
          const page = reply.body.toString('utf8');
          must(!page.includes('<script>alert'), 'What was sent is markup of the page.');
          examineEvents(session.taken(), session.secrets(), reply.headers.has('content-type'));
          examineReply(path, 'GET', reply);
          const location = reply.headers.get('location');
          const next = location === undefined ? undefined : new URL(location, mock.loginUrl);
          if (next !== undefined && next.origin !== mock.loginUrl) {
            must(next.origin === 'http://127.0.0.1:53123', `It leads to ${next.origin}.`);
            return;
          }
          if (next === undefined && (answered || !page.includes('name="answer"'))) return;
          answered ||= next === undefined;
          body = next === undefined ? form : '';
          if (next !== undefined) path = next.pathname + next.search;
          else if (form === '') return;
        }
      },
      close: () => session.close(),
    };
  },
});
