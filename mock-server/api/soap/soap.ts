/** SOAP: `login`, `logout`, `getUserInfo`, `getServerTimestamp`, `query`. An expired session is HTTP 500 with a fault (facts, section 6). */
import { MOCK_PASSWORD, USER_NAME } from '../../salesforce/org.ts';
import { startFamily } from '../../oauth/new-family.ts';
import type { MockContext } from '../../context.ts';
import { revoked } from '../../token-families/family.ts';
import { content, type Reply } from '../../reply.ts';
import type { Resource, ResourceRequest } from '../resource.ts';
import { runQuery } from '../rest/query.ts';
import type { Session } from '../session.ts';
import { elementOf, escapeXml } from '../xml.ts';

const XML = 'text/xml;charset=UTF-8';
const OPERATIONS = /<(?:\w{1,32}:)?(login|logout|getUserInfo|getServerTimestamp|query)(?=[\s>/])/;

const envelope = (status: number, inner: string, attributes = ''): Reply =>
  content(
    status,
    XML,
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
      ` xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${attributes}>` +
      `<soapenv:Body>${inner}</soapenv:Body></soapenv:Envelope>`,
  );

const fault = (status: number, code: string, text: string): Reply =>
  envelope(
    status,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escapeXml(text)}</faultstring></soapenv:Fault>`,
  );

const result = (operation: string, fields: string): Reply =>
  envelope(200, `<${operation}Response><result>${fields}</result></${operation}Response>`);

/** Returns fields as elements. Names that are not valid in XML are left out. */
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

/** Answers `login()`: a session for the user's password, where the org allows it. */
async function login({ exchange, context }: ResourceRequest): Promise<Reply> {
  const text = exchange.rawBody.toString('utf8');
  const [username = '', password] = [elementOf(text, 'username'), elementOf(text, 'password')];
  if (!context.switches.passwordFlow || password !== MOCK_PASSWORD || !USER_NAME.test(username))
    return fault(500, 'INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  const user = context.org.named(username);
  const family = await startFamily({ user: user.name, scopes: ['api'], refreshable: false }, context);
  if (family === undefined) return fault(500, 'SERVER_UNAVAILABLE', 'try again');
  const issuedAt = Math.floor(family.issuedAt / 1000);
  const accessToken = context.tokenCodec.accessToken({ family: family.id, generation: 0, issuedAt });
  const serverUrl = `${context.instanceUrl}/services/Soap/u/67.0/${context.org.shortId}`;
  const fields = {
    metadataServerUrl: serverUrl.replace('/u/', '/m/'),
    passwordExpired: false,
    sandbox: false,
    serverUrl,
    sessionId: accessToken,
    userId: user.id,
  };
  return {
    ...result('login', `${elements(fields)}<userInfo>${userInfo({ user }, context)}</userInfo>`),
    issued: { accessToken, family: family.label, generation: 0 },
  };
}

function serve(session: Session, request: ResourceRequest): Reply {
  const { context, exchange } = request;
  const text = exchange.rawBody.toString('utf8');
  switch (operationOf(request)) {
    case 'getUserInfo':
      return result('getUserInfo', userInfo(session, context));
    case 'getServerTimestamp':
      return result('getServerTimestamp', elements({ timestamp: new Date(context.clock()).toISOString() }));
    case 'logout':
      context.tokenFamilies.schedule(session.family.id, (family) => revoked(family, 'revocation'));
      return envelope(200, '<logoutResponse/>');
    case 'query': {
      const answer = runQuery(elementOf(text, 'queryString') ?? '', { session, context, base: '/services/data/v67.0' });
      if (answer === undefined) return fault(500, 'MALFORMED_QUERY', 'unexpected token');
      const records = answer.records.map((record) => {
        const { attributes, ...fields } = record as Readonly<Record<string, unknown>> & {
          readonly attributes: { readonly type: string };
        };
        return `<records xsi:type="sf:sObject"><type>${attributes.type}</type>${elements(fields)}</records>`;
      });
      return result(
        'query',
        `<done>true</done><queryLocator xsi:nil="true"/>${records.join('')}<size>${String(answer.total)}</size>`,
      );
    }
    default:
      return fault(500, 'UNKNOWN_EXCEPTION', 'the mock has no such operation');
  }
}

const deny = () => fault(500, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');

/** The first version that accepts JWT access tokens (facts, section 6). */
const JWT_SINCE = 68;
const versionOf = ({ exchange }: ResourceRequest) =>
  Number(/^\/services\/Soap\/\w\/(\d{1,3})/i.exec(exchange.path)?.[1]);

/** The resource `/services/Soap/…`. */
export const soap: Resource = {
  open: (request) => (operationOf(request) === 'login' ? login(request) : undefined),
  deny,
  serve: (session, request) =>
    request.context.jwt !== undefined && versionOf(request) < JWT_SINCE ? deny() : serve(session, request),
};
