import { expect, test } from 'vitest';
import { effortMs } from '../../../test-kit/effort.ts';
import { findPrintedUrl } from './printed-url.ts';

const login = 'http://127.0.0.1:4000';
const url = `${login}/services/oauth2/authorize?response_type=code&state=a-b_c~d`;

test.each([
  [url, url],
  [`Open this: ${url}`, url],
  [`Open <${url}>.`, url],
  [`Open "${url}" now`, url],
  [`(see ${url}).`, url],
  [`\u001b[34m${url}\u001b[0m`, url],
  [`{"url":"${url}"}`, url],
  [`Connecting to ${login} ... visit ${url}`, url],
  [`Connecting to ${login}`, undefined],
  [`${login}/help`, undefined],
  [`http://127.0.0.1:40001/services/oauth2/authorize?x=1`, undefined],
  [`${login}.evil.example/?x=1`, undefined],
  ['https://login.salesforce.com/services/oauth2/authorize?x=1', undefined],
])('in %j', (text, expected) => expect(findPrintedUrl(text, login)).toBe(expected));

test.each([
  ['the login URL again and again', login.repeat(45_000)],
  ['an ending of full stops', `${login}/?${'.'.repeat(500_000)} x ${login}/${'.'.repeat(500_000)}!`],
  ['addresses without a query', `${login}/a `.repeat(40_000)],
])('a line of a megabyte costs no more than reading it: %s', async (_what, line) => {
  expect(await effortMs(() => findPrintedUrl(line, login))).toBeLessThan(1_000);
});
