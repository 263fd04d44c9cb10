/** Headers that a client may send along. */
import fc, { type Arbitrary } from 'fast-check';
import { mutated } from '../hostile.ts';
import { value, WORDS } from './oauth-form.ts';

const TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/x-www-form-urlencoded; charset=utf-16',
  '',
];
const ACCEPTS = [
  'application/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  '*/*',
  'text/html;q=0.5, */*;q=0',
  ';q=1',
  'a/b/c',
  ',',
];
const authorization = fc.oneof(
  fc.constantFrom(
    'Basic {{BASIC}}',
    'Bearer {{AT}}',
    'Basic',
    'Basic ',
    'basic {{BASIC}}==',
    'Bearer',
    'OAuth {{AT}}',
    'Basic {{SECRET}}',
    'Basic %%%',
  ),
  value,
  value.map((bad) => `Basic ${Buffer.from(bad.toWellFormed()).toString('base64')}`),
  mutated('Basic {{BASIC}}', WORDS, 2_000),
);
const header = fc.oneof(
  fc.tuple(fc.constant('Accept'), fc.oneof(fc.constantFrom(...ACCEPTS), value)),
  fc.tuple(fc.constant('Authorization'), authorization),
  fc.tuple(fc.constant('Cookie'), fc.oneof(value, mutated('a=b; sfc_session={{AT}}; sfc_session.sig=x', WORDS, 4_000))),
  fc.tuple(fc.constant('Content-Type'), fc.oneof(fc.constantFrom(...TYPES), value)),
  fc.tuple(fc.constant('Content-Encoding'), fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'zstd', 'gzip, gzip')),
  fc.tuple(
    fc.constantFrom(
      'Origin',
      'Referer',
      'User-Agent',
      'X-SFDC-Session',
      'Forwarded',
      'X-Forwarded-Proto',
      'X-Forwarded-Host',
      'x-sf-conformance-browser',
      'Accept-Language',
      'If-None-Match',
      'Expect',
      'DPoP',
    ),
    value,
  ),
) as Arbitrary<readonly [string, string]>;
/** Up to three headers, right or not. */
export const headers = fc.array(header, { maxLength: 3 });
/** With the type of a form before them. */
export const asForm = (more: readonly (readonly [string, string])[]) => [
  ['Content-Type', TYPES[0] ?? ''] as const,
  ...more,
];
