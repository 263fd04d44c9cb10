/** Lists the versions of the API: the oldest one is that of Summer '14 (help on the end of life of API versions). */
import { content, json } from '../../reply.ts';
import type { Resource } from '../resource.ts';
import { failure, notAllowed, notFound } from './api-call.ts';

const OLDEST = 31;
const NEWEST = 67;
/** The first version of those retired in 2022 and 2025. */
const FIRST_RETIRED = 7;

/** Returns the release name as Salesforce labels its versions: three a year, version 30 was Spring '14. */
const label = (version: number) =>
  `${['Spring', 'Summer', 'Winter'][(version - 30) % 3] ?? ''} '${String(14 + Math.floor((version - 29) / 3))}`;

const VERSIONS = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => OLDEST + index);

/** Returns whether the segment after `/services/data` names a version: `v67.0`, or `latest`. */
export function versionIn(segment: string): 'known' | 'retired' | 'unknown' {
  const number = segment === 'latest' ? NEWEST : Number(/^v(\d{1,2})\.0$/.exec(segment)?.[1]);
  if (number >= FIRST_RETIRED && number < OLDEST) return 'retired';
  return VERSIONS.includes(number) ? 'known' : 'unknown';
}

/** Returns the answer for a retired version. The text is the mock's own. */
export const retired = () => failure(410, 'GONE', 'This version of the API is no longer available');

/** Serves `/services/data`: the versions, without a session. */
export const versions: Resource = {
  open({ exchange: { method, accepts } }) {
    if (method !== 'GET' && method !== 'HEAD') return notAllowed(method, 'HEAD,GET');
    const list = VERSIONS.map((version) => {
      const name = `${String(version)}.0`;
      return { label: label(version), url: `/services/data/v${name}`, version: name };
    });
    if (accepts('application/json', 'application/xml') !== 'application/xml') return json(200, list);
    const elements = list.map(
      (one) => `<Version><label>${one.label}</label><url>${one.url}</url><version>${one.version}</version></Version>`,
    );
    const xml = `<?xml version="1.0" encoding="UTF-8"?><Versions>${elements.join('')}</Versions>`;
    return content(200, 'application/xml;charset=UTF-8', xml);
  },
  serve: notFound,
  deny: notFound,
};
