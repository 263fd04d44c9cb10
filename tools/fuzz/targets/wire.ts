/** Bytes on a connection of the mock: what HTTP is not, or is twice. */
import fc from 'fast-check';
import { mutated } from '../hostile.ts';
import { examineEvents, examineReply } from '../mock/oracle.ts';
import { openSession } from '../mock/session.ts';
import { read, send } from '../mock/wire.ts';
import { must, target } from '../target.ts';

const HEAD = 'POST /services/oauth2/token HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n';
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';
const SMUGGLED = 'GET /services/oauth2/success HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n';
const RIGHT = [
  `${HEAD}${FORM}Content-Length: 3\r\n\r\na=b`,
  `${HEAD}${FORM}Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n`,
  `${HEAD}${FORM}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  `${HEAD}Content-Length: 0\r\nContent-Length: 80\r\n\r\n${SMUGGLED}`,
  `GET /services/oauth2/userinfo HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer {{AT}}\r\n folded\r\nConnection: close\r\n\r\n`,
  `GET http://evil.example/ HTTP/1.1\r\nHost: mock\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n`,
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n',
  `${HEAD}${FORM}Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
];
const WORDS = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  ':',
  'Content-Length: 4\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: xchunked\r\n',
  'Transfer-Encoding\u000b: chunked\r\n',
  'Content-Length: 1, 1\r\n',
  'HTTP/1.0',
  'HTTP/1.1',
  'HTTP/0.9',
  '0\r\n\r\n',
  'fffffffff\r\n',
  '-1\r\n',
  '1;x=y\r\n',
  SMUGGLED,
  '{{SECRET}}',
  '{{RT}}',
];

export const wire = target<string>({
  name: 'wire',
  input: mutated(fc.constantFrom(...RIGHT), WORDS, 20_000),
  async open() {
    const session = await openSession();
    return {
      async check(text) {
        const bytes = Buffer.from(await session.fill(text), 'latin1');
        session.taken();
        // Half-closed: who has said everything waits for no more than the answer.
        const answer = await send(session.mock.loginUrl, bytes, { halfClose: true });
        const events = session.taken();
        const requests = events.filter(({ kind }) => kind === 'request').length;
        const first = answer.indexOf('HTTP/1.1 ', 0, 'latin1') === 0;
        must(
          answer.length === 0 || first,
          `This is no answer: ${JSON.stringify(answer.toString('latin1').slice(0, 200))}`,
        );
        const answers = [...answer.toString('latin1').matchAll(/(?:^|\r\n|\}|\.|\n)HTTP\/1\.1 (\d{3}) /gu)].map(
          ([, status]) => Number(status),
        );
        for (const status of answers)
          must(status < 500 || status === 501 || status === 505, `It answered ${String(status)}.`);
        must(answers.length <= 3, `${String(answers.length)} answers to one request.`);
        must(
          requests <= answers.length + 1,
          `${String(requests)} requests were seen and ${String(answers.length)} answered.`,
        );
        if (answers.length === 1 && answers[0] !== 100) {
          const reply = read(answer, 'HEAD');
          examineReply('/', 'HEAD', reply);
        }
        examineEvents(events, session.secrets(), false);
        session.spent(answer.toString('latin1'));
      },
      close: () => session.close(),
    };
  },
});
