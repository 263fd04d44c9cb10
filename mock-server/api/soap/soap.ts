/** Serves SOAP: `login`, `logout`, `getUserInfo`, `getServerTimestamp`, `query`. An expired session is HTTP 500 with a fault. */
import { MOCK_PASSWORD, USER_NAME } from '../../salesforce/org.ts';
import { startFamily } from '../../oauth/new-family.ts';
import type { MockContext } from '../../context.ts';
import { revoked } from '../../token-families/family.ts';
import type { Reply } from '../../reply.ts';
import type { Resource, ResourceRequest } from '../resource.ts';
import { runQuery } from '../rest/run-query.ts';
import type { Session } from '../session.ts';
import { elementOf, escapeXml } from '../xml.ts';
import { envelope, fault, onlyPost, result, wsdlOf } from './envelope.ts';

const OPERATIONS = /<(?:\w{1,32}:)?(login|logout|getUserInfo|getServerTimestamp|query)(?=[\s>/])/;

/** Returns fields as elements; names that are not valid in XML are left out. */
const elements = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields)
    .filter(([name]) => /^[A-Za-z_][\w.-]*$/.test(name))
    .map(
      ([name, value]) =>
        `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value ?? ''))}</${name}>`,
    )
    .join('');

const operationOf = ({ exchange }: ResourceRequest) =>
  OPERATIONS.exec(exchange.rawBody.toString('utf8', 0, 65_536))?.[1];

function userInfo({ user }: Pick<Session, 'user'>, { org }: MockContext) {
  return elements({
    organizationId: org.id,
    organizationName: 'Mock',
    userEmail: user.email,
    userFullName: `Mock ${user.name}`,
    userId: user.id,
    userName: user.username,
  });
}

/** Answers `login()` with a session for the user's password, where the org allows it. */
async function login({ exchange, context }: ResourceRequest): Promise<Reply> {
  const text = exchange.rawBody.toString('utf8');
  const wsdl = wsdlOf(exchange.path);
  const [username = '', password] = [elementOf(text, 'username'), elementOf(text, 'password')];
  if (!context.switches.passwordFlow || password !== MOCK_PASSWORD || !USER_NAME.test(username))
    return fault('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.', wsdl);
  const user = context.org.named(username);
  const family = await startFamily({ user: user.name, scopes: ['api'], refreshable: false }, context);
  if (family === undefined) return fault('SERVER_UNAVAILABLE', 'try again', wsdl);
  const issuedAt = Math.floor(family.issuedAt / 1000);
  const accessToken = context.tokenCodec.accessToken({ family: family.id, generation: 0, issuedAt });
  const serverUrl = `${context.instanceUrl}/services/Soap/${wsdl === 'enterprise' ? 'c' : 'u'}/67.0/${context.org.shortId}`;
  const fields = {
    metadataServerUrl: serverUrl.replace(/\/[cu]\//, '/m/'),
    passwordExpired: false,
    sandbox: false,
    serverUrl,
    sessionId: accessToken,
    userId: user.id,
  };
  return {
    ...result('login', `${elements(fields)}<userInfo>${userInfo({ user }, context)}</userInfo>`, wsdl),
    issued: { accessToken, family: family.label, generation: 0 },
  };
}

function serve(session: Session, request: ResourceRequest): Reply {
  const { context, exchange } = request;
  const wsdl = wsdlOf(exchange.path);
  const text = exchange.rawBody.toString('utf8');
  switch (operationOf(request)) {
    case 'getUserInfo':
      return result('getUserInfo', userInfo(session, context), wsdl);
    case 'getServerTimestamp':
      return result('getServerTimestamp', elements({ timestamp: new Date(context.clock()).toISOString() }), wsdl);
    case 'logout':
      context.tokenFamilies.schedule(session.family.id, (family) => revoked(family, 'revocation'));
      return envelope(200, '<logoutResponse/>', wsdl);
    case 'query': {
      const answer = runQuery(elementOf(text, 'queryString') ?? '', { session, context, base: '/services/data/v67.0' });
      if (answer.kind === 'refused') return fault(answer.code, answer.message, wsdl);
      const records = answer.records.map((record) => {
        const { attributes, ...fields } = record as Readonly<Record<string, unknown>> & {
          readonly attributes: { readonly type: string };
        };
        return `<records xsi:type="sf:sObject"><type>${attributes.type}</type>${elements(fields)}</records>`;
      });
      return result(
        'query',
        `<done>true</done><queryLocator xsi:nil="true"/>${records.join('')}<size>${String(answer.total)}</size>`,
        wsdl,
      );
    }
    default:
      return fault('UNKNOWN_EXCEPTION', 'the mock has no such operation', wsdl);
  }
}

/** Refuses an expired session. */
const deny = ({ exchange: { path } }: ResourceRequest): Reply =>
  fault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session', wsdlOf(path));

/** First version that accepts JWT access tokens. */
const JWT_SINCE = 68;
const versionOf = ({ exchange }: ResourceRequest) =>
  Number(/^\/services\/Soap\/\w\/(\d{1,3})/i.exec(exchange.path)?.[1]);

/** Serves `/services/Soap/…`. */
export const soap: Resource = {
  open(request) {
    const { method, path } = request.exchange;
    if (method !== 'POST') return onlyPost(path);
    return operationOf(request) === 'login' ? login(request) : undefined;
  },
  deny: (_raw, request) => deny(request),
  serve: (session, request) =>
    request.context.jwt !== undefined && versionOf(request) < JWT_SINCE ? deny(request) : serve(session, request),
};
