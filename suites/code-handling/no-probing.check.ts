import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { moved } from './credentials-moved.ts';

export default defineCheck({
  id: 'CODE-10',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'The client does not probe credential placement with a live code or token',
  failure: 'A code or refresh token is sent again with the credentials in another place',
  why: 'A code and a rotated refresh token work once. A client that tries the header first and then the body wastes them, and reuse detection may revoke the token family.',
  remedy:
    'Configure where the credentials go instead of letting the library detect it: in Go `Endpoint{AuthStyle: oauth2.AuthStyleInParams}`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 §4.1.2'],
  scenarios: ['login', 'logins', 'refresh-chain', 'strict', 'refused-codes'],
  untested: 'Let a login reach its token request.',
  judge: (scenario) => {
    const groups = uses(scenario);
    if (groups.length === 0) return undefined;
    const [probe] = groups.flatMap(probes);
    if (probe === undefined) {
      return pass(
        `No code or refresh token was sent again with the credentials in another place (${howMany(groups.length, 'value')} compared).`,
        groups.flatMap(({ requests }) => requests.map(({ seq }) => seq)),
      );
    }
    const { label, first, second } = probe;
    const from = first.facts.auth.authorizationScheme === 'basic' ? 'the header to the body' : 'the body to the header';
    return fail(`${label} was sent again with the credentials moved from ${from}; one request was expected.`, [
      second.seq,
      first.seq,
    ]);
  },
});

type TokenRequest = ScenarioHistory['tokenRequests'][number];

/** The token requests that carry one code or one refresh token. */
interface Uses {
  readonly label: string;
  readonly requests: readonly TokenRequest[];
}

function uses({ tokenRequests }: ScenarioHistory): readonly Uses[] {
  const groups = Map.groupBy(tokenRequests, ({ facts }) => facts.code?.label ?? facts.refreshToken?.label);
  return [...groups].flatMap(([label, requests]) => (label === undefined ? [] : [{ label, requests }]));
}

/** Returns the requests whose credentials are in another place than in the request before. */
function probes({ label, requests }: Uses) {
  return requests.flatMap((second, index) => {
    const first = requests[index - 1];
    return first !== undefined && moved(first, second) ? [{ label, first, second }] : [];
  });
}
