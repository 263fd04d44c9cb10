/** Builds envelopes and faults of SOAP. The enterprise endpoint has different namespaces (apexsharp#20, wsc#9). */
import { content, type Reply } from '../../reply.ts';
import { escapeXml } from '../xml.ts';

const XML = 'text/xml;charset=UTF-8';

/** WSDL of a path: `/services/Soap/c/…` is the enterprise one, others the partner one. */
export type Wsdl = 'enterprise' | 'partner';

/** Returns the WSDL of a path. */
export const wsdlOf = (path: string): Wsdl => (/^\/services\/Soap\/c(?:\/|$)/i.test(path) ? 'enterprise' : 'partner');

/** Returns an envelope around the content of its body. */
export const envelope = (status: number, inner: string, wsdl: Wsdl): Reply =>
  content(
    status,
    XML,
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
      ` xmlns="urn:${wsdl}.soap.sforce.com" xmlns:sf="urn:fault.${wsdl}.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
      `<soapenv:Body>${inner}</soapenv:Body></soapenv:Envelope>`,
  );

/** Kinds of faults, by their codes; others are unexpected errors. */
const KINDS: Readonly<Record<string, string>> = {
  INVALID_LOGIN: 'LoginFault',
  MALFORMED_QUERY: 'MalformedQueryFault',
  INVALID_TYPE: 'InvalidSObjectFault',
  INVALID_FIELD: 'InvalidFieldFault',
};

/** Returns a fault with the detail that typed clients read (Java's WSC). On the enterprise endpoint the code has no prefix `sf:`, except
 * for an expired session, because clients look for it. */
export function fault(code: string, text: string, wsdl: Wsdl): Reply {
  const message = escapeXml(text);
  const kind = `sf:${KINDS[code] ?? 'UnexpectedErrorFault'}`;
  const prefix = wsdl === 'enterprise' && code !== 'INVALID_SESSION_ID' ? '' : 'sf:';
  return envelope(
    500,
    `<soapenv:Fault><faultcode>${prefix}${code}</faultcode><faultstring>${code}: ${message}</faultstring>` +
      `<detail><${kind} xsi:type="${kind}"><sf:exceptionCode>${code}</sf:exceptionCode>` +
      `<sf:exceptionMessage>${message}</sf:exceptionMessage></${kind}></detail></soapenv:Fault>`,
    wsdl,
  );
}

/** Returns the result of an operation. @param fields elements */
export const result = (operation: string, fields: string, wsdl: Wsdl): Reply =>
  envelope(200, `<${operation}Response><result>${fields}</result></${operation}Response>`, wsdl);

/** Returns the page of the web server in front of SOAP, which accepts only POST (mcp-server-salesforce#1). */
export const onlyPost = (path: string): Reply =>
  content(
    405,
    'text/html;charset=UTF-8',
    `<html><head><title>Error 405 Only POST allowed</title></head><body><h2>HTTP ERROR 405</h2><p>Problem accessing ${escapeXml(path)}. Reason:<pre>    Only POST allowed</pre></p></body></html>`,
    { Allow: 'POST' },
  );
