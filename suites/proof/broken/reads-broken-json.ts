import { request as open, type IncomingMessage } from 'node:http';
import { send, type HttpAnswer, type HttpRequest } from '../client/http.ts';
import { interpret } from '../client/outcome.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The tokens are cut out of whatever came of the answer with an expression, so half an answer is stored.',
  behaviours: {
    send: (request, purpose) => (purpose === 'refresh' ? sendForWhatComes(request) : send(request)),
    interpret: (answer) => {
      const accessToken = /"access_token"\s*:\s*"([^"]+)/.exec(answer.text)?.[1];
      if (answer.status !== 200 || accessToken === undefined) return interpret(answer);
      const refreshToken = /"refresh_token"\s*:\s*"([^"]+)/.exec(answer.text)?.[1];
      const instanceUrl = /"instance_url"\s*:\s*"([^"]+)"/.exec(answer.text)?.[1];
      return { kind: 'granted', granted: { accessToken, refreshToken, instanceUrl } };
    },
  },
  expect: { 'RES-06': 'warn' },
} satisfies Variant;

const headersOf = ({ headersDistinct }: IncomingMessage): Headers =>
  new Headers(
    Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  );

/** The body as far as it came, whether or not it is whole. */
function sendForWhatComes(request: HttpRequest): Promise<HttpAnswer> {
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const outgoing = open(request.url, { method: request.method, headers, agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', () => undefined);
      response.on('close', () => {
        resolve({ status: response.statusCode ?? 0, headers: headersOf(response), text });
      });
    });
    outgoing.end(request.form?.toString());
  });
}
