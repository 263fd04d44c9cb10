/** Serves `composite`: several calls in one, in sequence; `composite/batch` in its older form, `composite/graph` in groups that succeed or
 * fail together. */
import { json, type Reply } from '../../reply.ts';
import { allowing, failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from './api-call.ts';
import { collections } from './collections.ts';
import { filled, type Answers } from './references.ts';

const MOST = 25;
/** Most calls of one graph, and of all graphs of a request. */
const MOST_IN_GRAPHS = 500;

interface Inner {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly referenceId: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** One answer inside a composite answer. */
interface SubrequestResult {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, unknown>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

type Dispatch = (call: ApiCall) => Reply;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const object = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Returns a function that answers `composite`.
 * @param dispatch answers one call of the API */
export const composite =
  (dispatch: Dispatch): Serve =>
  (call) => {
    const [, kind] = call.path;
    switch (kind) {
      case undefined:
      case '':
        return allowing('HEAD,GET,POST', () => (call.method === 'POST' ? inOrder(call, dispatch) : directory(call)))(
          call,
        );
      case 'sobjects':
        return collections(call);
      case 'batch':
        return allowing('POST', () => batch(call, dispatch))(call);
      case 'graph':
        return allowing('POST', () => graphs(call, dispatch))(call);
      default:
        return notFound();
    }
  };

const directory = ({ base }: ApiCall) =>
  json(
    200,
    Object.fromEntries(
      ['batch', 'graph', 'sobjects'].map((name): [string, string] => [name, `${base}/composite/${name}`]),
    ),
  );

function inOrder(call: ApiCall, dispatch: Dispatch): Reply {
  const given = jsonOf(call.body);
  const list = given?.['compositeRequest'];
  if (!Array.isArray(list)) return notJson();
  if (list.length > MOST) return failure(400, 'LIMIT_EXCEEDED', `at most ${String(MOST)} requests`);
  const whole = given?.['allOrNone'] === true;
  return json(200, { compositeResponse: (whole ? allOrNone : oneByOne)(call, list, dispatch) });
}

/** Answers graphs (mappings of sf-fx-runtime-nodejs): the calls of each graph all succeed or none has an effect. */
function graphs(call: ApiCall, dispatch: Dispatch): Reply {
  const list = jsonOf(call.body)?.['graphs'];
  if (!Array.isArray(list)) return notJson();
  const requests = list.map((graph: unknown) => {
    const inner = object(graph)['compositeRequest'];
    return {
      graphId: text(object(graph)['graphId']),
      calls: Array.isArray(inner) ? (inner as readonly unknown[]) : [],
    };
  });
  if (requests.reduce((sum, { calls }) => sum + calls.length, 0) > MOST_IN_GRAPHS)
    return failure(400, 'LIMIT_EXCEEDED', `at most ${String(MOST_IN_GRAPHS)} requests`);
  const answered = requests.map(({ graphId, calls }) => {
    const compositeResponse = allOrNone(call, calls, dispatch);
    const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 400);
    return { graphId, graphResponse: { compositeResponse }, isSuccessful };
  });
  return json(200, { graphs: answered });
}

/** Answers calls in sequence; when one fails, none has an effect. */
function allOrNone(call: ApiCall, list: readonly unknown[], dispatch: Dispatch): readonly SubrequestResult[] {
  const undo = call.context.records.savepoint();
  const outcomes = oneByOne(call, list, dispatch);
  if (outcomes.every(({ httpStatusCode }) => httpStatusCode < 400)) return outcomes;
  undo();
  const body = [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ];
  return outcomes.map((one) =>
    one.httpStatusCode >= 400 ? one : { ...one, body, httpHeaders: {}, httpStatusCode: 400 },
  );
}

/** Answers calls in sequence. Later ones may refer to fields of earlier answers. */
function oneByOne(call: ApiCall, list: readonly unknown[], dispatch: Dispatch): readonly SubrequestResult[] {
  const answers = new Map<string, unknown>();
  return list.map((entry) => {
    const one = object(entry);
    const inner: Inner = {
      method: text(one['method']).toUpperCase(),
      url: filled(text(one['url']).slice(0, 4_000), answers, encodeURIComponent),
      body: bodyOf(one['body'], answers),
      referenceId: text(one['referenceId']),
      headers: object(one['httpHeaders']),
    };
    const reply = answer(call, inner, dispatch);
    answers.set(inner.referenceId, reply.body);
    return {
      body: reply.body ?? null,
      httpHeaders: shownHeaders(reply),
      httpStatusCode: reply.status,
      referenceId: inner.referenceId,
    };
  });
}

/** Replaces references in the values of a body's fields. */
const bodyOf = (body: unknown, answers: Answers): unknown =>
  typeof body !== 'object' || body === null || Array.isArray(body)
    ? body
    : Object.fromEntries(
        Object.entries(body).map(([name, value]: [string, unknown]) => [
          name,
          typeof value === 'string' ? filled(value, answers, String) : value,
        ]),
      );

/** Returns the headers that inner answers have. */
const shownHeaders = ({ headers }: Reply) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(?:Location|ETag|Last-Modified)$/.test(name)));

function batch(call: ApiCall, dispatch: Dispatch): Reply {
  const list = jsonOf(call.body)?.['batchRequests'];
  if (!Array.isArray(list)) return notJson();
  if (list.length > MOST) return failure(400, 'LIMIT_EXCEEDED', `at most ${String(MOST)} requests`);
  const results = list.map((entry: unknown) => {
    const one = object(entry);
    const url = text(one['url']);
    const inner = {
      method: text(one['method']).toUpperCase(),
      url: url.startsWith('/') ? url : `/services/data/${url}`,
      body: one['richInput'],
      ...{ referenceId: '', headers: {} },
    };
    const reply = answer(call, inner, dispatch);
    return { statusCode: reply.status, result: reply.body ?? null };
  });
  return json(200, { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
}

function answer(call: ApiCall, { method, url, body, headers }: Inner, dispatch: Dispatch): Reply {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const [, base, rest] = /^(\/services\/data\/[^/]{1,20})\/?(.*)$/.exec(path) ?? [];
  if (base === undefined || rest === undefined || /^composite(?!\/sobjects)/.test(rest)) return notFound();
  const segments = rest.split('/');
  const own = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), text(value)]);
  const named = new Map(own);
  return dispatch({
    ...call,
    method,
    base,
    path: segments.at(-1) === '' && segments.length > 1 ? segments.slice(0, -1) : segments,
    query: new URLSearchParams(search),
    body: Buffer.from(JSON.stringify(body ?? {})),
    header: (name) => named.get(name.toLowerCase()) ?? call.header(name),
  });
}
