/** Selects the facts to measure for a request. */
import type { OtherFacts, RequestFacts } from '../../../src/history/facts.ts';
import { measureAuthorization } from './authorization.ts';
import { measureResource, measureRevocation } from './resource.ts';
import { measureToken, type TokenMeasuring } from './token.ts';
import type { ParsedRequest } from '../parsed-request.ts';

/** What measuring needs to know of the app and the run. */
export interface Measuring extends TokenMeasuring {
  readonly app: TokenMeasuring['app'] & { readonly redirectUris: readonly string[] };
}

const SECRET_KINDS: ReadonlySet<string> = new Set(['AT', 'RT', 'CODE', 'VERIFIER', 'SECRET', 'IDTOKEN']);
const MOST_CHARACTERS = 64 * 1024;

/** Parameters that may carry a secret at endpoints without specific facts. */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  introspect: ['token', 'client_secret', 'authorization'],
  success: ['code', 'state'],
  login: ['cookie'],
};

/** Returns the labels of known secrets in a request that should have none. */
function measureOther(received: ParsedRequest, { redactor }: Measuring): OtherFacts {
  const inPlace = IN_PLACE[received.endpoint] ?? [];
  const bodyText = received.form.size === 0 ? received.rawBody.toString('utf8', 0, MOST_CHARACTERS) : '';
  const texts = [...received.query, ...received.form, ...received.headers]
    .filter(([name]) => !inPlace.includes(name.toLowerCase()))
    .map(([, value]) => value)
    .concat(received.path, bodyText);
  const labels = texts.flatMap((text) => redactor.redact(text.slice(0, MOST_CHARACTERS)).leaked);
  return {
    kind: 'other',
    leaked: [...new Set(labels.filter((label) => SECRET_KINDS.has(label.split('#')[0] ?? '')))],
  };
}

/** Measures the facts of a request from its raw values. A browser's preflight (`OPTIONS`) has none. */
export async function measure(received: ParsedRequest, measuring: Measuring): Promise<RequestFacts> {
  if (received.method === 'OPTIONS') return measureOther(received, measuring);
  switch (received.endpoint) {
    case 'authorize':
      return measureAuthorization(received, measuring);
    case 'token':
      return measureToken(received, measuring);
    case 'revoke':
      return measureRevocation(received, measuring.redactor, measuring.book);
    case 'resource':
    case 'userinfo':
    case 'identity':
      return measureResource(received, measuring.redactor, measuring.book);
    default:
      return measureOther(received, measuring);
  }
}
