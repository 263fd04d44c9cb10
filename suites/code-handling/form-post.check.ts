import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

const FORM = 'application/x-www-form-urlencoded';

export default defineCheck({
  id: 'CODE-01',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'The token request is a POST with a form body',
  failure: 'The token request is not a POST with a form body',
  why: 'The token endpoint reads a form from the body of a POST. A GET puts the code into logs, and a JSON body is not read.',
  remedy:
    'Send `POST /services/oauth2/token` with `Content-Type: application/x-www-form-urlencoded` and the parameters as a form.',
  references: ['RFC 6749 §4.1.3', 'RFC 6749 §3.2'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  judge: ({ tokenRequests }) => {
    // A browser's preflight request (OPTIONS) is not a token request of the client.
    const requests = tokenRequests.filter(({ request }) => request.method !== 'OPTIONS');
    if (requests.length === 0) return undefined;
    const other = requests.find(({ request }) => request.method !== 'POST');
    if (other !== undefined) {
      return fail(`A token request was a ${other.request.method}; a POST was expected.`, [other.seq]);
    }
    const wrong = requests.find(({ facts }) => facts.contentType !== FORM);
    return wrong === undefined
      ? pass(
          `${eachOf(requests.length, 'token request')} was a POST with a form body.`,
          requests.map(({ seq }) => seq),
        )
      : fail(`The Content-Type of a token request was ${wrong.facts.contentType ?? 'missing'}; ${FORM} was expected.`, [
          wrong.seq,
        ]);
  },
});
