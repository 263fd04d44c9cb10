/** Fields of a token answer. This module reads them, and error codes of the APIs. Pure. */
export type Fields = Readonly<Record<string, string>>;

/** Returns the fields of a token endpoint's answer in any of its formats; undefined when it has none. */
export function fieldsOf(type: string, body: string): Fields | undefined {
  if (type.includes('json') || body.startsWith('{')) return jsonFields(body);
  if (type.includes('xml')) {
    const found = [...body.matchAll(/<(\w{1,64})>([^<]*)<\/\1>/g)];
    return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescapeXml(value)]));
  }
  return type.includes('urlencoded') ? Object.fromEntries(new URLSearchParams(body)) : undefined;
}

function jsonFields(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one]] : [])),
    );
  } catch {
    return undefined;
  }
}

const unescapeXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Returns the error code of SOAP, the first Bulk API, identity and userinfo; undefined for others. JSON errors are read in another
 * module. */
export function errorCodeOf(body: string): string | undefined {
  return (
    /<faultcode>(?:\w{1,32}:)?([A-Z_]{3,64})<\/faultcode>/.exec(body)?.[1] ??
    /<exceptionCode>([A-Za-z]{3,64})<\/exceptionCode>/.exec(body)?.[1] ??
    /^\s*((?:Bad|Missing|Wrong)_[A-Za-z_]{2,40})\s*$/.exec(body)?.[1]
  );
}

/** Error codes of the APIs for an expired or unknown session. */
const SESSION_ERRORS = /INVALID_SESSION_ID|InvalidSessionId|Bad_OAuth_Token|INVALID_AUTH_HEADER/;

/** Returns whether an API refused the session. */
export const refusesSession = (status: number, body: string): boolean =>
  status === 401 || (status >= 400 && SESSION_ERRORS.test(body.slice(0, 4_096)));
