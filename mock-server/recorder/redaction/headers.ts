/** Redacts headers for the history. */
import type { Parameter } from '../../../src/history/label.ts';
import { readBasic, isSecret } from '../measure/client.ts';
import { isHarmlessHeader, showCookieName, showName } from './org-request.ts';
import { showParameter, redactText, type RedactionContext } from './parameters.ts';

/** Header by which the harness's own browser identifies itself; it is never recorded. */
export const BROWSER_HEADER = 'x-sf-conformance-browser';

/** Header by which a proxy of the harness reports the address of a request; it is never recorded. */
export const SOURCE_HEADER = 'x-sf-conformance-source';

/** Headers of the harness. */
export const isOwnHeader = (name: string): boolean => [BROWSER_HEADER, SOURCE_HEADER].includes(name.toLowerCase());

const MOST = 100;
const LONGEST_NAME = 128;

/** Redacts credentials: `Basic SECRET`, `Bearer AT#3`, `Custom VALUE#2`; an empty password is described in words. */
function authorization(name: string, value: string, { redactor, app }: RedactionContext): Parameter {
  const basic = readBasic(value);
  if (basic) {
    if (basic.raw.secret === '') return { name, value: 'Basic (empty password)' };
    const right = [basic.raw.secret, basic.formDecoded?.secret].find((one) => isSecret(one, app));
    const secret = right === undefined ? redactor.label('VALUE', basic.raw.secret) : redactor.label('SECRET', right);
    return { name, value: `Basic ${secret.label}`, secret };
  }
  const [, scheme, credentials] = /^([A-Za-z0-9-]{1,32})\s+(\S.*)$/s.exec(value) ?? [];
  if (scheme === undefined || credentials === undefined) {
    const secret = redactor.label('VALUE', value);
    return { name, value: secret.label, secret };
  }
  const secret = redactor.label(/^(?:bearer|oauth|token|dpop)$/i.test(scheme) ? 'AT' : 'VALUE', credentials.trim());
  return { name, value: `${scheme} ${secret.label}`, secret };
}

/** Keeps names and replaces values by labels: `sid=VALUE#4; theme=VALUE#5`. */
function cookies(name: string, value: string, { redactor, realOrg = false }: RedactionContext): Parameter {
  const pairs = value
    .split(';')
    .slice(0, 50)
    .map((pair) => pair.trim());
  const labelled = pairs.filter(Boolean).map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) return redactor.label('VALUE', pair).label;
    const content = pair.slice(equals + 1);
    const key = realOrg
      ? showCookieName(pair.slice(0, equals), redactor)
      : redactText(pair.slice(0, equals), redactor, 64);
    return content === '' ? `${key}=` : `${key}=${redactor.label('VALUE', content).label}`;
  });
  return { name, value: labelled.join('; ').slice(0, 1_000) };
}

/** Keeps the part before the query, and redacts the query's values like parameters. */
function referer(name: string, value: string, redaction: RedactionContext): Parameter {
  const [bare = '', search = ''] = value.split(/[?#](.*)/s);
  const pairs = [...new URLSearchParams(search)]
    .slice(0, 50)
    .map(([key, content]) => showParameter(key, content, redaction));
  const query = pairs.map((one) => `${one.name}=${one.value}`).join('&');
  return { name, value: (redactText(bare, redaction.redactor) + (search === '' ? '' : `?${query}`)).slice(0, 1_000) };
}

/** Returns the redacted headers in their order; at most 100. */
export function showHeaders(
  headers: readonly (readonly [string, string])[],
  redaction: RedactionContext,
): readonly Parameter[] {
  return headers
    .filter(([name]) => !isOwnHeader(name))
    .slice(0, MOST)
    .map(([raw, value]) => {
      const name =
        redaction.realOrg === true
          ? showName(raw, redaction.redactor)
          : redactText(raw, redaction.redactor, LONGEST_NAME);
      switch (raw.toLowerCase()) {
        case 'authorization':
        case 'proxy-authorization':
          return authorization(name, value, redaction);
        case 'cookie':
          return cookies(name, value, redaction);
        case 'referer':
          if (redaction.realOrg === true) return { name, value: '(not shown)' };
          return referer(name, value, redaction);
        case 'dpop': {
          const secret = redaction.redactor.label('VALUE', value);
          return { name, value: secret.label, secret };
        }
        case 'x-sfdc-session': {
          const secret = redaction.redactor.label('AT', value);
          return { name, value: secret.label, secret };
        }
        default: {
          if (redaction.realOrg !== true || isHarmlessHeader(raw))
            return { name, value: redactText(value, redaction.redactor) };
          const secret = redaction.redactor.label('VALUE', value);
          return { name, value: secret.label, secret };
        }
      }
    });
}
