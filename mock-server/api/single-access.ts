/** Serves `/services/oauth2/singleaccess`: a URL that opens the user interface, for a token with the scope `web`. */
import { randomBytes } from 'node:crypto';
import { FRONTDOOR } from '../salesforce/route.ts';
import { content, json, type Reply } from '../reply.ts';
import type { Resource } from './resource.ts';

/** Matches a path of the org or the site: without a scheme, and not beginning with two slashes of any kind. */
const RELATIVE = /^(?![/\\]{2})[\w\-.~/?=&%#+]{0,500}$/;

const refused = (body: string): Reply => content(403, 'text/plain;charset=UTF-8', body);

/** Answers `/services/oauth2/singleaccess`. */
export const singleAccess: Resource = {
  serve({ family }, { exchange, context }) {
    if (!family.scopes.some((scope) => scope === 'web' || scope === 'full')) return refused('Invalid_Scope');
    const start = exchange.form.get('redirect_uri') ?? exchange.query.get('redirect_uri');
    if (start !== null && !RELATIVE.test(start)) return refused('Invalid_Param');
    const url = new URL(FRONTDOOR, context.host === 'experience' ? context.issuer : context.instanceUrl);
    url.searchParams.set('otp', randomBytes(32).toString('base64url'));
    if (start !== null) url.searchParams.set('startURL', start);
    return json(200, { frontdoor_uri: url.href });
  },
  deny: (raw) => refused(raw === null ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token'),
};
