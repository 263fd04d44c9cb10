/** Builds the refusal of an expired session for each API. */
import type { Exchange } from '../recorder/exchange.ts';
import { mediaType } from '../recorder/parsed-request.ts';
import { content, withHeaders, type Reply } from '../reply.ts';
import { errorInfo } from './bulk/bulk1-format.ts';
import { failure } from './rest/api-call.ts';
import { fault, wsdlOf } from './soap/envelope.ts';

/** Returns the answer to an API request whose session has expired: 401 from REST, 500 from SOAP, 400 from Bulk, 403 from identity and userinfo. */
export function expiredSession(exchange: Exchange): Reply {
  const { endpoint, path } = exchange;
  if (endpoint === 'userinfo' || endpoint === 'identity')
    return content(403, 'text/html;charset=UTF-8', 'Bad_OAuth_Token');
  if (/^\/services\/Soap\//i.test(path)) {
    return fault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session', wsdlOf(path));
  }
  if (path.startsWith('/services/async/')) {
    const format = mediaType(exchange) === 'application/json' ? 'json' : 'xml';
    return errorInfo('InvalidSessionId', 'Invalid session id', format);
  }
  const refused = failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return withHeaders(refused, { 'WWW-Authenticate': 'Token' });
}
