/** Forms and queries of OAuth: right ones, and what becomes of them. */
import fc, { type Arbitrary } from 'fast-check';
import { mutated, text } from '../hostile.ts';
import { PLACES } from '../mock/session.ts';

const GRANTS = [
  'authorization_code',
  'refresh_token',
  'password',
  'client_credentials',
  'hybrid_refresh',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'device',
  'urn:ietf:params:oauth:grant-type:device_code',
];
/** Values that the protocol knows, and placeholders. */
export const WORDS = [
  ...PLACES,
  ...GRANTS,
  'api',
  'refresh_token',
  'openid',
  'full',
  'S256',
  'plain',
  'code',
  'token',
  'login',
  'none',
  'json',
  'xml',
  'urlencoded',
];
const NAMES = [
  'grant_type',
  'client_id',
  'client_secret',
  'refresh_token',
  'code',
  'code_verifier',
  'redirect_uri',
  'scope',
  'format',
  'assertion',
  'client_assertion',
  'client_assertion_type',
  'username',
  'password',
  'device_code',
  'token',
  'token_type_hint',
  'subject_token',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'state',
  'nonce',
  'prompt',
  'login_hint',
  'display',
  'max_age',
  'claims',
  'request',
  'request_uri',
  'response_mode',
  'id_token_hint',
  'ui_locales',
  'resource',
  'registration',
  'sso_provider',
];

/** A value of a field. */
export const value = text(WORDS, 6_000);
export type Field = readonly [string, string];

/** Right fields, some of them missing, changed, repeated or joined by others. */
export function fields(...rights: readonly Readonly<Record<string, string>>[]): Arbitrary<readonly Field[]> {
  const kept = (right: Readonly<Record<string, string>>) =>
    fc.tuple(
      ...Object.entries(right).map(([name, good]) =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constant<readonly Field[]>([[name, good]]) },
          { weight: 1, arbitrary: fc.constant<readonly Field[]>([]) },
          { weight: 2, arbitrary: value.map((bad): readonly Field[] => [[name, bad]]) },
          {
            weight: 1,
            arbitrary: value.map((bad): readonly Field[] => [
              [name, good],
              [name, bad],
            ]),
          },
        ),
      ),
    );
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: text(NAMES, 200) },
  );
  const more = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Field[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(name, value), { maxLength: 4 }) },
  );
  return fc.tuple(fc.oneof(...rights.map(kept)), more).map(([own, others]) => [...own.flat(), ...others]);
}

/** Placeholders stay readable; everything else as a form has it. */
const encode = (one: string): string =>
  one
    .split(/(\{\{[A-Z]+\}\})/u)
    .map((part) => (part.startsWith('{{') ? part : encodeURIComponent(part.toWellFormed())))
    .join('');
const form = (pairs: readonly Field[]): string => pairs.map((pair) => pair.map(encode).join('=')).join('&');
/** A form as it is sent: now and then with a few characters changed. */
export const formOf = (pairs: Arbitrary<readonly Field[]>): Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: pairs.map(form) }, { weight: 1, arbitrary: mutated(pairs.map(form), WORDS, 4_000) });
