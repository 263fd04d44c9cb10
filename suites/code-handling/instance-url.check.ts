import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'CODE-08',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'API calls go to the instance_url of the token response',
  failure: 'API calls go to the login host',
  why: 'The token response names the host of the org. The login host serves no API, and an org can move to another host.',
  remedy:
    'Store `instance_url` with the tokens and build every API URL from it: `${tokens.instance_url}/services/data/…`.',
  references: ['RFC 6749 §5.1'],
  scenarios: ['login', 'refresh-chain'],
  untested: 'Let the client make an API call after its login.',
  judge: ({ resources }) => {
    // Userinfo and the identity URL belong to the login host; calls to them on the instance work as well.
    const calls = resources.filter(({ request }) => request.endpoint === 'resource' || request.host === 'instance');
    if (calls.length === 0) return undefined;
    const astray = calls.find(({ request }) => request.host !== 'instance');
    return astray === undefined
      ? pass(
          `${eachOf(calls.length, 'API call')} went to the instance_url.`,
          calls.map(({ seq }) => seq),
        )
      : fail('An API call went to the login host; the instance_url of the token response was expected.', [astray.seq]);
  },
});
