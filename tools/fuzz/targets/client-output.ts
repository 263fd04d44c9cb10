/** What a client under test writes: protocol lines, URLs on its output, URLs handed to `$BROWSER`. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { readAdapterLine } from '../../../src/drivers/adapter/protocol.ts';
import { takeUrls } from '../../../src/drivers/command/handover.ts';
import { findPrintedUrl } from '../../../src/drivers/command/printed-url.ts';
import { readLines, type Line } from '../../../src/drivers/process/lines.ts';
import { json, mutated, near, text } from '../hostile.ts';
import { must, target } from '../target.ts';

const ANSWER = {
  id: 3,
  ok: false,
  status: 200,
  error: 'text',
  reauthorize: true,
  connected: false,
  unsupported: false,
};
const WORDS = [
  'ok',
  'id',
  'status',
  'open',
  'event',
  'url',
  'unsupported',
  'http://127.0.0.1:1/',
  '\n',
  '\r\n',
  '{"id":1,"ok":true}\n',
];
const LIMIT = 10_000;

const adapterLines = target<readonly string[]>({
  name: 'adapter-lines',
  input: fc.array(
    fc.oneof(
      near(ANSWER, WORDS).map((value) => `${JSON.stringify(value)}\n`),
      near({ event: 'open', url: 'http://127.0.0.1/', id: 1 }, WORDS).map((value) => `${JSON.stringify(value)}\n`),
      json(WORDS).map((value) => JSON.stringify(value)),
      text(WORDS),
    ),
    { maxLength: 8 },
  ),
  open: async () => ({
    async check(chunks) {
      const lines: Line[] = [];
      const reader = readLines((line) => lines.push(line), LIMIT);
      for (const chunk of chunks) {
        reader.push(Buffer.from(chunk));
        must(reader.rest.length <= LIMIT, 'A line grows without end.');
      }
      reader.end();
      const whole = Buffer.from(chunks.map((chunk) => chunk.toWellFormed()).join('')).toString('utf8');
      const expected = whole.split('\n').length - (whole === '' || whole.endsWith('\n') ? 1 : 0);
      must(lines.length === expected, `${String(lines.length)} lines instead of ${String(expected)}.`);
      for (const { text: line } of lines) {
        const read = readAdapterLine(line);
        if (read.kind === 'open') must(read.url instanceof URL, 'An event without a URL.');
        if (read.kind !== 'answer') continue;
        const { status, error } = read.answer;
        must(
          status === undefined || (Number.isInteger(status) && status >= 100 && status <= 599),
          'A status that is none.',
        );
        must(error === undefined || typeof error === 'string', 'An error that is no text.');
      }
    },
  }),
});

const LOGIN = 'http://127.0.0.1:4000';
const URLS = [
  LOGIN,
  `${LOGIN}/services/oauth2/authorize?x=1`,
  `${LOGIN}:1`,
  '\u001b[34m',
  ' ',
  '"',
  '>',
  '?',
  '/',
  'http://',
];

const printedUrl = target<string>({
  name: 'printed-url',
  input: mutated(`Open ${LOGIN}/services/oauth2/authorize?response_type=code&state=a now.`, URLS, 200_000),
  open: async () => ({
    async check(line) {
      const found = findPrintedUrl(line, LOGIN);
      if (found === undefined) return;
      must(found.startsWith(`${LOGIN}/`) || found.startsWith(`${LOGIN}?`), `${found.slice(0, 100)} is another origin.`);
      must(line.includes(found), 'What was found was not there.');
    },
  }),
});

const handOver = target<string>({
  name: 'browser-hand-over',
  input: fc.array(text([...URLS, '\n'], 70_000), { maxLength: 30 }).map((parts) => parts.join('\n')),
  open: async () => ({
    async check(content) {
      const urls: string[] = [];
      const taken = takeUrls((url) => urls.push(url));
      try {
        writeFileSync(join(dirname(taken.browser), 'urls'), content);
        taken.look();
        must(urls.length <= 16, `${String(urls.length)} URLs were taken.`);
        must(
          urls.every((url) => url.length <= 65_536 && !url.includes('\n')),
          'A URL that is none was taken.',
        );
      } finally {
        taken.close();
      }
    },
  }),
});

export const clientOutput = [adapterLines, printedUrl, handOver];
