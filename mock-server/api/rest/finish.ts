/** What every answer of the REST API has besides its content: usage of the API, and the layout that the client asks for. */
import { contentOf, withHeaders, type Reply } from '../../reply.ts';

/** Calls of 24 hours, as `limits` and the header have them. The mock does not count: its answers to the same calls are the same. */
export const API_USAGE = { used: 2, most: 15_000 };

/** Returns the answer to a call of a known version with a valid session (32 of 34 recordings; sf-dahlia-web). @param pretty X-PrettyPrint of the request */
export function finished(reply: Reply, pretty: string): Reply {
  const usage = { 'Sforce-Limit-Info': `api-usage=${String(API_USAGE.used)}/${String(API_USAGE.most)}` };
  const varies = reply.status < 300 && contentOf(reply) !== '' ? { Vary: 'Accept-Encoding' } : {};
  const shown = /^(?:1|true)$/i.test(pretty) && isJson(reply) ? { ...reply, body: laidOut(reply.body) } : reply;
  return withHeaders(shown, { ...usage, ...varies });
}

const isJson = ({ body }: Reply) => typeof body === 'object' && body !== null && !Buffer.isBuffer(body);

/** Returns JSON in the platform's layout (cassettes of CumulusCI): two spaces a level, spaces around colons, lists begun on the same line. */
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
