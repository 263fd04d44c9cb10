/** Renders `evidence.har`: every recorded exchange as HTTP Archive 1.2. Secrets are replaced by labels. */
import type { Parameter } from '../src/history/label.ts';
import { createTrail } from './evidence/trail.ts';
import type { TrailExchange } from './evidence/trail.ts';
import type { Format, RenderInput } from './format.ts';
import { oneLine, printable } from './text/printable.ts';

function* render({ report, history }: RenderInput): Generator<string, void> {
  const trail = createTrail(history);
  const start = Date.parse(report.run.startedAt);
  const begun = Number.isNaN(start) ? 0 : start;
  const head = {
    version: '1.2',
    creator: { name: report.tool.name, version: report.tool.version },
    pages: report.scenarios.map(({ id, title }) => ({
      startedDateTime: instant(begun + (trail.scenarios.get(id)?.begunAt ?? 0)),
      id,
      title: oneLine(title, 200),
      pageTimings: {},
    })),
  };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  const pages = new Set(report.scenarios.map(({ id }) => id));
  let first = true;
  for (const { exchanges } of trail.scenarios.values())
    for (const exchange of exchanges) {
      yield `${first ? '' : ','}\n${JSON.stringify(entry(exchange, begun, pages))}`;
      first = false;
    }
  yield '\n]}}\n';
}

function entry(
  { request, response, endedAt, scenario, exchange }: TrailExchange,
  begun: number,
  pages: ReadonlySet<string>,
): object {
  const host = request.headers.find(({ name }) => name.toLowerCase() === 'host')?.value ?? `${request.host}.invalid`;
  const query = new URLSearchParams(
    request.query.map(({ name, value }) => [oneLine(name, 256), oneLine(value, 256)]),
  ).toString();
  const time = Math.max(0, endedAt - request.begunAt);
  return {
    ...(pages.has(scenario) ? { pageref: scenario } : {}),
    startedDateTime: instant(begun + request.begunAt),
    time,
    request: {
      method: oneLine(request.method, 32),
      url: `http://${oneLine(host, 256)}${oneLine(request.path, 2000)}${query === '' ? '' : `?${query}`}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: pairs(request.query),
      ...(request.body.length === 0
        ? {}
        : { postData: { mimeType: 'application/x-www-form-urlencoded', params: pairs(request.body), text: '' } }),
      headersSize: -1,
      bodySize: request.bodyBytes,
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: {
        size: Buffer.byteLength(response?.body ?? ''),
        mimeType: 'application/octet-stream',
        text: printable(response?.body ?? '', 1000),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(response?.error === undefined
        ? {}
        : { comment: oneLine(`${response.error}: ${response.errorDescription ?? ''}`, 500) }),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    connection: request.connection,
    comment: `exchange ${String(exchange)}, history.jsonl line ${String(request.seq)}${request.browser ? ', by the harness’s own browser' : ''}`,
  };
}

const pairs = (list: readonly Parameter[]): object[] =>
  list.map(({ name, value }) => ({ name: oneLine(name, 256), value: oneLine(value, 256) }));

const instant = (ms: number): string => new Date(ms).toISOString();

/** Renders `evidence.har`. */
export const format: Format = { id: 'har', file: 'evidence.har', render };
