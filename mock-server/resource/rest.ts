/** The REST API as far as clients touch it to see that they are signed in (facts, section 6). */
import type { Reply, Resource, ResourceRequest } from './answer.ts';
import { records } from './records.ts';
import type { Session } from './session.ts';

/** Salesforce serves 31.0 (Summer '14) and up; older ones are retired. */
const VERSIONS = Array.from({ length: 37 }, (_, index) => `${String(31 + index)}.0`);

const failure = (status: number, errorCode: string, message: string, headers?: Reply['headers']): Reply => ({
  status,
  body: [{ message, errorCode }],
  ...(headers && { headers }),
});

/** A dead or missing session, on every route. */
const deny: Resource['deny'] = () =>
  failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid', { 'WWW-Authenticate': 'Token' });

const notFound = () => failure(404, 'NOT_FOUND', 'The requested resource does not exist');

/** `GET /services/data`: the versions, for anybody. */
const versions: Resource = {
  open: ({ ctx }) =>
    ctx.method === 'GET' || ctx.method === 'HEAD'
      ? {
          status: 200,
          body: VERSIONS.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version })),
        }
      : failure(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ctx.method}' not allowed. Allowed are HEAD,GET`),
  serve: notFound,
  deny,
};

type Serve = (session: Session, request: ResourceRequest, base: string) => Reply | undefined;

const ROUTES: readonly (readonly [RegExp, Serve])[] = [
  [
    /^$/,
    ({ user }, { parts }, base) => ({
      status: 200,
      body: directory(base, `${parts.loginUrl}/id/${parts.org.id}/${user.id}`),
    }),
  ],
  [/^limits$/, () => ({ status: 200, body: LIMITS })],
  [/^(query|queryAll|search|sobjects)(\/|$)/, records],
];

const versioned: Resource = {
  serve(session, request) {
    const [, , , version = '', ...rest] = request.ctx.path.split('/');
    if (!VERSIONS.includes(version === 'latest' ? '67.0' : version.slice(1))) return notFound();
    const path = rest.join('/').replace(/\/$/, '');
    const base = `/services/data/${version}`;
    const route = ROUTES.find(([pattern]) => pattern.test(path));
    return route?.[1](session, request, base) ?? notFound();
  },
  deny,
};

/** The resource that a path names; what nobody foresaw is one that does not exist, for those who are signed in. */
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

function directory(base: string, identity: string): Readonly<Record<string, string>> {
  const names = [
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
  return { ...Object.fromEntries(names.map((name) => [name, `${base}/${name}`])), identity };
}
