/** `/services/oauth2/singleaccess`: a URL that opens the user interface for whoever holds a token with the scope `web`. */
import { randomBytes } from 'node:crypto';
import { FRONTDOOR } from '../dialect/route.ts';
import type { Reply, Resource } from './answer.ts';

const refused = (body: string): Reply => ({ status: 403, type: 'text/plain;charset=UTF-8', body });

export const singleAccess: Resource = {
  serve({ family }, { exchange, parts }) {
    if (!family.scopes.some((scope) => scope === 'web' || scope === 'full')) return refused('Invalid_Scope');
    const url = new URL(FRONTDOOR, parts.instanceUrl);
    url.searchParams.set('otp', randomBytes(32).toString('base64url'));
    const start = exchange.form.get('redirect_uri') ?? exchange.query.get('redirect_uri');
    // A path of the org, never another site.
    if (start !== null && /^\/(?![/\\])[\w\-./?=&%]{0,500}$/.test(start)) url.searchParams.set('startURL', start);
    return { status: 200, body: { frontdoor_uri: url.href } };
  },
  deny: (raw) => refused(raw === null ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token'),
};
