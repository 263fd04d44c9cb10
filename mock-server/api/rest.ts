/** Serves the parts of the REST API that clients call after a login. */
import { speaksDpop } from '../dpop/resource-request.ts';
import { json, withHeaders, type Reply } from '../reply.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { mediaType } from '../recorder/parsed-request.ts';
import type { Resource } from './resource.ts';
import { ingest } from './bulk/ingest.ts';
import { queryJobs } from './bulk/query-jobs.ts';
import { allowing, failure, notFound, reading, type ApiCall, type Serve } from './rest/api-call.ts';
import { composite } from './rest/composite.ts';
import { API_USAGE, finished } from './rest/finish.ts';
import { query, search } from './rest/query.ts';
import { recordCount } from './rest/record-count.ts';
import { sobjects } from './rest/sobjects.ts';
import { tooling } from './rest/tooling.ts';
import { retired, versionIn, versions } from './rest/versions.ts';

/** Refuses an expired or missing session on every route. While DPoP is off, tokens with its scheme are refused without being read. */
const deny: Resource['deny'] = (_raw, { exchange, context }) =>
  withHeaders(refusalOf(exchange, context.switches.dpop === 'off'), { 'WWW-Authenticate': 'Token' });

function refusalOf(exchange: Exchange, withoutDpop: boolean): Reply {
  if (withoutDpop && speaksDpop(exchange))
    return json(401, { message: 'INVALID_JWT_FORMAT', errorCode: 'INVALID_AUTH_HEADER' });
  // A scheme without a token (sf-dahlia-web, 2024; restforce#489 and #811 have the same text).
  if (/^(?:Bearer|OAuth)\s*$/i.test(exchange.header('Authorization')))
    return failure(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  return failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}

const root: Serve = ({ base, session, context }) =>
  json(200, {
    ...Object.fromEntries(DIRECTORY.map((name) => [name, `${base}/${name}`])),
    identity: `${context.loginUrl}/id/${context.org.id}/${session.user.id}`,
  });

const jobs: Serve = (call) =>
  call.path[1] === 'query' ? queryJobs(call) : call.path[1] === 'ingest' ? ingest(call) : undefined;

const limits: Serve = (call) => {
  const [, what] = call.path;
  if (what === 'recordCount') return recordCount(call);
  return what === undefined || what === '' ? json(200, LIMITS) : undefined;
};

const connect: Serve = ({ path }) =>
  path[1] === 'communities' && path.length === 2 ? json(200, { communities: [], total: 0 }) : undefined;

const ROUTES: Readonly<Record<string, Serve>> = {
  '': reading(root),
  limits: reading(limits),
  query: reading(query),
  queryAll: reading(query),
  search: reading(search),
  sobjects,
  tooling,
  jobs,
  connect: reading(connect),
  composite: composite((call) => dispatch(call)),
  recent: reading(() => json(200, [])),
  tabs: reading(() => json(200, [])),
  appMenu: reading(() => json(200, { appMenuItems: [] })),
  metadata: allowing('HEAD,GET,POST', () => json(200, {})),
};

/** Answers one call of a known version. */
function dispatch(call: ApiCall): Reply {
  const name = call.path[0] ?? '';
  return (Object.hasOwn(ROUTES, name) ? ROUTES[name]?.(call) : undefined) ?? notFound();
}

/** Accepted content types; the data of jobs is CSV. A body without a type is read as JSON. */
const READABLE = /^(?:application\/(?:[\w.-]+\+)?json|(?:application|text)\/xml|multipart\/form-data|text\/csv)$/;

/** Refuses a body of a content type that no resource reads (nforce#74; sf-functions-python#91). */
function unsupportedType(exchange: Exchange): Reply | undefined {
  const type = mediaType(exchange);
  if (exchange.rawBody.length === 0 || type === null || READABLE.test(type)) return undefined;
  return failure(415, 'UNSUPPORTED_MEDIA_TYPE', `MediaType of '${type}' is not supported by this resource`);
}

/** Returns the method, which a POST may override in its query for clients that cannot send others (restforce#134). */
const methodOf = ({ method, query: parameters }: Exchange): string =>
  method === 'POST' ? (parameters.get('_HttpMethod')?.toUpperCase() ?? method) : method;

const versioned: Resource = {
  serve(session, { exchange, context }) {
    const { path, query: parameters, rawBody: body, header } = exchange;
    const [, , , version = '', ...rest] = path.split('/');
    const known = versionIn(version);
    if (known !== 'known') return known === 'retired' ? retired() : notFound();
    const call = {
      session,
      context,
      ...{ method: methodOf(exchange), query: parameters, body, header },
      base: `/services/data/${version}`,
      path: rest.at(-1) === '' && rest.length > 1 ? rest.slice(0, -1) : rest,
    };
    return finished(unsupportedType(exchange) ?? dispatch(call), header('X-PrettyPrint'));
  },
  deny,
};

/** Returns the resource of a path. Unknown paths are answered 404 with a valid session only. */
export const rest = (path: string): Resource =>
  /^\/services\/data\/?$/.test(path)
    ? versions
    : path.startsWith('/services/data/')
      ? versioned
      : { serve: notFound, deny };

const LIMITS = Object.fromEntries(
  ['DailyApiRequests', 'DailyBulkApiBatches', 'DataStorageMB', 'FileStorageMB', 'HourlyAsyncReportRuns'].map((name) => [
    name,
    { Max: API_USAGE.most, Remaining: API_USAGE.most - API_USAGE.used },
  ]),
);

const DIRECTORY = [
  'tooling',
  'metadata',
  'query',
  'queryAll',
  'sobjects',
  'search',
  'limits',
  'composite',
  'jobs',
  'tabs',
  'appMenu',
];
