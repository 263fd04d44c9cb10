/** Formats identity and userinfo by `format`, else the Accept header, and by `version` and `callback` (Mobile SDK guide, Using Identity
 * URLs). */
import { content, json, type Reply } from '../reply.ts';
import type { ResourceRequest } from './resource.ts';
import { escapeXml } from './xml.ts';

const NEWEST = '67.0';
/** Name of a JavaScript function, for JSONP. */
const CALLBACK = /^[A-Za-z_$][\w$.]{0,63}$/;

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields as JSON, or as XML on request. URLs of APIs get the requested `version`, else `{version}`. */
export function written(fields: Fields, { exchange }: ResourceRequest): Reply {
  const parameter = (name: string) => exchange.query.get(name) ?? exchange.form.get(name);
  const accepted = exchange.accepts('application/json', 'application/xml') === 'application/xml' ? 'xml' : 'json';
  const asked = parameter('format')?.toLowerCase();
  const body = versioned(fields, parameter('version'));
  if ((asked === 'xml' || asked === 'json' ? asked : accepted) === 'xml') {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><user xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${elements(body)}</user>`;
    return content(200, 'application/xml;charset=UTF-8', xml);
  }
  const callback = parameter('callback');
  if (callback === null || !CALLBACK.test(callback)) return json(200, body);
  return content(200, 'application/javascript;charset=UTF-8', `${callback}(${JSON.stringify(body)});`, {
    'X-Content-Type-Options': 'nosniff',
  });
}

function versioned(fields: Fields, asked: string | null): Fields {
  const version = asked === 'latest' ? NEWEST : /^\d{1,3}\.0$/.exec(asked ?? '')?.[0];
  const { urls } = fields;
  if (version === undefined || typeof urls !== 'object' || urls === null) return fields;
  const named = Object.entries(urls).map(([name, url]) => [name, String(url).replace('{version}', version)]);
  return { ...fields, urls: Object.fromEntries(named) };
}

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => {
      if (value === null) return `<${name} xsi:nil="true"/>`;
      const inside =
        typeof value === 'object'
          ? elements(value as Fields)
          : escapeXml(typeof value === 'string' ? value : JSON.stringify(value));
      return `<${name}>${inside}</${name}>`;
    })
    .join('');
