/** SOAP and the first Bulk API: XML, and a dead session looks different in each (facts, section 6). */
import type { Reply, Resource } from './answer.ts';

const XML = 'application/xml;charset=UTF-8';

const soapFault = (status: number, code: string, text: string): Reply => ({
  status,
  type: 'text/xml;charset=UTF-8',
  body:
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body><soapenv:Fault>' +
    `<faultcode>sf:${code}</faultcode><faultstring>${code}: ${text}</faultstring>` +
    '</soapenv:Fault></soapenv:Body></soapenv:Envelope>',
});

/** `/services/Soap/…`: HTTP 500 with a fault. */
export const soap: Resource = {
  deny: () => soapFault(500, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session'),
  serve: () => soapFault(500, 'UNKNOWN_EXCEPTION', 'the mock has no SOAP operations'),
};

const bulkError = (code: string, message: string): Reply => ({
  status: 400,
  type: XML,
  body:
    '<?xml version="1.0" encoding="UTF-8"?><error xmlns="http://www.force.com/2009/06/asyncapi/dataload">' +
    `<exceptionCode>${code}</exceptionCode><exceptionMessage>${message}</exceptionMessage></error>`,
});

/** `/services/async/…`: HTTP 400 with an exception code. */
export const bulk: Resource = {
  deny: () => bulkError('InvalidSessionId', 'Invalid session id'),
  serve: () => bulkError('InvalidUrl', 'the mock has no bulk jobs'),
};
