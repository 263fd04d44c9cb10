/** `composite`: several calls in one, one after the other; `composite/batch` in its older shape. */
import { json, type Reply } from '../../reply.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from './api-call.ts';
import { collections } from './collections.ts';

const MOST = 25;

interface Inner {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly referenceId: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const object = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Returns what answers `composite`. @param dispatch answers one call of the API */
export const composite =
  (dispatch: (call: ApiCall) => Reply): Serve =>
  (call) => {
    const [, kind] = call.path;
    if (kind === undefined || kind === '') {
      const list = call.method === 'POST' ? jsonOf(call.body)?.['compositeRequest'] : [];
      if (call.method !== 'POST') return json(200, directory(call));
      return inOrder(call, list, dispatch);
    }
    if (kind === 'sobjects') return collections(call);
    return kind === 'batch' && call.method === 'POST' ? batch(call, dispatch) : notFound();
  };

const directory = ({ base }: ApiCall) =>
  Object.fromEntries(['batch', 'sobjects'].map((name) => [name, `${base}/composite/${name}`]));

function inOrder(call: ApiCall, list: unknown, dispatch: (call: ApiCall) => Reply): Reply {
  if (!Array.isArray(list)) return notJson();
  if (list.length > MOST) return failure(400, 'LIMIT_EXCEEDED', `at most ${String(MOST)} requests`);
  const answers = new Map<string, unknown>();
  const compositeResponse = list.map((entry: unknown) => {
    const one = object(entry);
    const inner: Inner = {
      method: text(one['method']).toUpperCase(),
      url: filled(text(one['url']), answers),
      body: one['body'],
      referenceId: text(one['referenceId']),
    };
    const reply = answer(call, inner, dispatch);
    answers.set(inner.referenceId, reply.body);
    return { body: reply.body ?? null, httpHeaders: {}, httpStatusCode: reply.status, referenceId: inner.referenceId };
  });
  return json(200, { compositeResponse });
}

function batch(call: ApiCall, dispatch: (call: ApiCall) => Reply): Reply {
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
      referenceId: '',
    };
    const reply = answer(call, inner, dispatch);
    return { statusCode: reply.status, result: reply.body ?? null };
  });
  return json(200, { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
}

/** Fills in `@{reference.id}`: a field of an earlier answer. */
function filled(url: string, answers: ReadonlyMap<string, unknown>): string {
  return url.slice(0, 4_000).replace(/@\{(\w{1,80})\.(\w{1,80})\}/g, (_, reference: string, field: string) => {
    const value = object(answers.get(reference))[field];
    return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : '';
  });
}

function answer(call: ApiCall, { method, url, body }: Inner, dispatch: (call: ApiCall) => Reply): Reply {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const [, base, rest] = /^(\/services\/data\/[^/]{1,20})\/?(.*)$/.exec(path) ?? [];
  if (base === undefined || rest === undefined || /^composite(?!\/sobjects)/.test(rest)) return notFound();
  return dispatch({
    ...call,
    method,
    base,
    path: rest.split('/'),
    query: new URLSearchParams(search),
    body: Buffer.from(JSON.stringify(body ?? {})),
  });
}
