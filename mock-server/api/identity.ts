/** Serves `/services/oauth2/userinfo` and the identity URL `/id/<org>/<user>`. Any valid token may read them. */
import { longId } from '../salesforce/ids.ts';
import type { User } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';
import { content, type Reply } from '../reply.ts';
import type { Resource } from './resource.ts';
import { written } from './identity-format.ts';

const PLAIN = 'text/html;charset=UTF-8';
const refused = (body: string): Reply => content(403, PLAIN, body);
const deny: Resource['deny'] = (raw) => refused(raw === null ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token');

/** Answers OpenID Connect's userinfo with Salesforce's fields. */
export const userinfo: Resource = {
  serve: ({ user }, request) => written(profile(user, request.context), request),
  deny,
};

/** Answers the identity URL; its org and user must be those of the token. */
export const identity: Resource = {
  serve({ user }, request) {
    const { exchange, context } = request;
    const [, , org = '', id = ''] = exchange.path.split('/');
    if (long(org) !== context.org.id) return refused('Wrong_Org');
    if (long(id) !== user.id) return content(404, PLAIN, 'Bad_Id');
    return written(identityOf(profile(user, context)), request);
  },
  deny,
};

/** Returns the same user with the field names of the identity URL, in the order of captured answers (SalesforceMobileSDK-iOS,
 * SalesforceSDKIdentityTests). */
function identityOf(person: ReturnType<typeof profile>) {
  return {
    id: person.sub,
    asserted_user: true,
    user_id: person.user_id,
    organization_id: person.organization_id,
    username: person.preferred_username,
    nick_name: person.nickname,
    display_name: person.name,
    email: person.email,
    email_verified: person.email_verified,
    first_name: person.given_name,
    last_name: person.family_name,
    timezone: person.zoneinfo,
    photos: person.photos,
    ...{ addr_street: null, addr_city: null, addr_state: null, addr_country: null, addr_zip: null },
    ...{ mobile_phone: null, mobile_phone_verified: false, is_lightning_login_user: false },
    status: { created_date: null, body: null },
    urls: person.urls,
    active: person.active,
    user_type: person.user_type,
    language: person.language,
    locale: person.locale,
    utcOffset: person.utcOffset,
    last_modified_date: person.updated_at,
    is_app_installed: person.is_app_installed,
  };
}

const long = (id: string) => (id.length === 15 ? longId(id) : id);

/** Returns the URLs of the org's services, as clients read them from userinfo and identity. */
export function urls({ instanceUrl, org }: MockContext, user: User): Readonly<Record<string, string>> {
  const rest = `${instanceUrl}/services/data/v{version}/`;
  const soap = (kind: string) => `${instanceUrl}/services/Soap/${kind}/{version}/${org.shortId}`;
  return {
    enterprise: soap('c'),
    metadata: soap('m'),
    partner: soap('u'),
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: soap('T'),
    tooling_rest: `${rest}tooling/`,
    profile: `${instanceUrl}/${user.id}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: instanceUrl,
  };
}

function profile(user: User, context: MockContext) {
  const { org, loginUrl, instanceUrl } = context;
  const picture = `${instanceUrl}/profilephoto/005/F`;
  return {
    sub: `${loginUrl}/id/${org.id}/${user.id}`,
    user_id: user.id,
    organization_id: org.id,
    preferred_username: user.username,
    nickname: user.name,
    name: `Mock ${user.name}`,
    email: user.email,
    email_verified: true,
    given_name: 'Mock',
    family_name: user.name,
    zoneinfo: 'Etc/UTC',
    photos: { picture, thumbnail: `${instanceUrl}/profilephoto/005/T` },
    profile: `${instanceUrl}/${user.id}`,
    picture,
    address: {},
    // The Mobile SDK for Android aborts a login without it.
    is_salesforce_integration_user: false,
    urls: urls(context, user),
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: 0,
    updated_at: '2026-01-01T00:00:00Z',
    is_app_installed: true,
  };
}
