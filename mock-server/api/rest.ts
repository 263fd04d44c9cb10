/** The REST API, as much of it as clients call after a login (facts, section 6). */
import { speaksDpop } from '../dpop/resource-request.ts';
import { json, withHeaders, type Reply } from '../reply.ts';
import type { Resource } from './resource.ts';
import { ingest } from './bulk/ingest.ts';
import { queryJobs } from './bulk/query-jobs.ts';
import { failure, notFound, type ApiCall, type Serve } from './rest/api-call.ts';
import { composite } from './rest/composite.ts';
import { query, search } from './rest/query.ts';
import { sobjects } from './rest/sobjects.ts';
import { retired, versionIn, versions } from './rest/versions.ts';

/** Refuses an expired or missing session, on every route. While DPoP is off, its scheme is refused unread. */
const deny: Resource['deny'] = (_raw, { exchange, context }) => {
  const refusal =
    context.switches.dpop === 'off' && speaksDpop(exchange)
      ? json(401, { message: 'INVALID_JWT_FORMAT', errorCode: 'INVALID_AUTH_HEADER' })
      : failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return withHeaders(refusal, { 'WWW-Authenticate': 'Token' });
};

const root: Serve = ({ base, session, context }) =>
  json(200, {
    ...Object.fromEntries(DIRECTORY.map((name) => [name, `${base}/${name}`])),
    identity: `${context.loginUrl}/id/${context.org.id}/${session.user.id}`,
  });

const jobs: Serve = (call) =>
  call.path[1] === 'query' ? queryJobs(call) : call.path[1] === 'ingest' ? ingest(call) : undefined;

/** Answers the Tooling API: the same shapes for other objects. */
const tooling: Serve = (call) => {
  const rest = call.path.slice(1);
  if (rest[0] === 'query') return query({ ...call, path: rest });
  if (rest[0] === 'sobjects') return sobjects({ ...call, path: rest });
  return rest.length === 0 || rest[0] === ''
    ? json(200, { query: `${call.base}/tooling/query`, sobjects: `${call.base}/tooling/sobjects` })
    : undefined;
};

const ROUTES: Readonly<Record<string, Serve>> = {
  '': root,
  limits: () => json(200, LIMITS),
  query,
  queryAll: query,
  search,
  sobjects,
  tooling,
  jobs,
  composite: composite((call) => dispatch(call)),
  recent: () => json(200, []),
  tabs: () => json(200, []),
  appMenu: () => json(200, { appMenuItems: [] }),
  metadata: () => json(200, {}),
};

/** Answers one call of a known version. */
function dispatch(call: ApiCall): Reply {
  const name = call.path[0] ?? '';
  return (Object.hasOwn(ROUTES, name) ? ROUTES[name]?.(call) : undefined) ?? notFound();
}

const versioned: Resource = {
  serve(session, { exchange, context }) {
    const { method, path, query, rawBody: body, header } = exchange;
    const [, , , version = '', ...rest] = path.split('/');
    const known = versionIn(version);
    if (known !== 'known') return known === 'retired' ? retired() : notFound();
    return dispatch({
      session,
      context,
      ...{ method, query, body, header },
      base: `/services/data/${version}`,
      path: rest.at(-1) === '' && rest.length > 1 ? rest.slice(0, -1) : rest,
    });
  },
  deny,
};

/** Returns the resource of a path. Unknown paths do not exist, which only a valid session learns. */
export const rest = (path: string): Resource =>
  /^\/services\/data\/?$/.test(path)
    ? versions
    : path.startsWith('/services/data/')
      ? versioned
      : { serve: notFound, deny };

const LIMITS = Object.fromEntries(
  ['DailyApiRequests', 'DailyBulkApiBatches', 'DataStorageMB', 'FileStorageMB', 'HourlyAsyncReportRuns'].map((name) => [
    name,
    { Max: 15_000, Remaining: 14_998 },
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
