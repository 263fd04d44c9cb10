/** What must hold of every answer of the mock, and of what it wrote down, whatever it was sent. */
import { SaxesParser } from 'saxes';
import type { Event } from '../../../src/history/event.ts';
import { must } from '../target.ts';
import type { Reply } from './wire.ts';

const MOST_BODY = 4 * 1024 * 1024;
/** Of all events of one exchange, as JSON. */
const MOST_HISTORY = 300_000;

/** A SOAP fault comes with 500. */
const isFault = (path: string, { status, body }: Reply) =>
  status === 500 && /^\/services\/soap\//iu.test(path) && body.includes('<faultcode>');

/** @param path of the request, without its query */
export function examineReply(path: string, method: string, reply: Reply): void {
  const { status, headers, body } = reply;
  must(status < 500 || isFault(path, reply), `It answered ${String(status)}: ${body.toString('utf8').slice(0, 300)}`);
  must(body.length <= MOST_BODY, `The answer has ${String(body.length)} bytes.`);
  if (body.length === 0 || method === 'HEAD') return;
  const type = headers.get('content-type') ?? '';
  // What Node refuses unread has no body; Salesforce's own `error=…` texts have a type.
  must(type !== '', `The answer has a body and no type: ${body.toString('utf8').slice(0, 200)}`);
  const text = body.toString('utf8');
  must(Buffer.from(text).equals(body), 'The answer is no UTF-8.');
  if (type.includes('json')) examineJson(text, status);
  else if (type.includes('xml')) examineXml(text);
  else must(status < 400 || text.trim() !== '', 'A refusal says nothing.');
}

function examineJson(text: string, status: number): void {
  const value: unknown = JSON.parse(text);
  if (status < 400) return;
  const [first] = [value].flat() as readonly Readonly<Record<string, unknown>>[];
  // `exceptionCode`: of Bulk API 1 and SOAP.
  const named = first?.['error'] ?? first?.['errorCode'] ?? first?.['exceptionCode'];
  must(
    typeof named === 'string' && named !== '',
    `The refusal ${String(status)} names no error: ${text.slice(0, 200)}`,
  );
}

function examineXml(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new Error(`The answer is no XML: ${error.message}: ${text.slice(0, 500)}`);
  });
  parser.write(text).close();
}

/** @param answered whether the mock's own answer came, which is then in history with its request */
export function examineEvents(events: readonly Event[], secrets: readonly string[], answered: boolean): void {
  const fault = events.find((event) => event.kind === 'note' && event.harnessFault === true);
  must(fault === undefined, `The mock says that it failed: ${JSON.stringify(fault)}`);
  const text = JSON.stringify(events);
  must(text.length <= MOST_HISTORY, `One exchange makes ${String(text.length)} characters of history.`);
  for (const secret of secrets)
    for (const form of [
      secret,
      Buffer.from(secret)
        .toString('base64')
        .replace(/.{2}=*$/u, ''),
    ])
      must(!text.includes(form), `A secret is in the history: …${around(text, form)}…`);
  if (answered)
    must(
      events.some(({ kind }) => kind === 'request'),
      'A request that was answered is not in history.',
    );
}

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return `${text.slice(Math.max(0, at - 120), at)}<secret>${text.slice(at + form.length, at + form.length + 60)}`;
}
