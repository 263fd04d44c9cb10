/** Adds what every answer of the REST API has: the usage of the API, and the requested layout. */
import { contentOf, withHeaders, type Reply } from '../../reply.ts';

/** Calls in 24 hours, for `limits` and the header. The mock does not count, so that the same calls get the same answers. */
export const API_USAGE = { used: 2, most: 15_000 };

/** Completes the answer to a call of a known version with a valid session (32 of 34 recordings; sf-dahlia-web).
 * @param pretty value of X-PrettyPrint */
export function finished(reply: Reply, pretty: string): Reply {
  const usage = { 'Sforce-Limit-Info': `api-usage=${String(API_USAGE.used)}/${String(API_USAGE.most)}` };
  const varies = reply.status < 300 && contentOf(reply) !== '' ? { Vary: 'Accept-Encoding' } : {};
  const shown = /^(?:1|true)$/i.test(pretty) && isJson(reply) ? { ...reply, body: laidOut(reply.body) } : reply;
  return withHeaders(shown, { ...usage, ...varies });
}

const isJson = ({ body }: Reply) => typeof body === 'object' && body !== null && !Buffer.isBuffer(body);

/** Formats JSON in Salesforce's layout (cassettes of CumulusCI): two spaces for each level, spaces around colons, lists begun on the same
 * line. */
function laidOut(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => laidOut(item, indent));
    return items.length === 0 ? '[ ]' : `[ ${items.join(', ')} ]`;
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.length === 0) return '{ }';
  const lines = fields.map(([name, item]) => `${deeper}${JSON.stringify(name)} : ${laidOut(item, deeper)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
