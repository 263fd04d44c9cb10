import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { moved } from './credentials-moved.ts';

const check: Check = {
  id: 'CODE-10',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'A code or refresh token is not used to find out where credentials belong',
  failure: 'The same code or refresh token is sent again with the credentials in another place',
  why: 'A code and a rotated refresh token work once. A client that tries the header first and the body next spends them on guessing, and reuse detection may end the session.',
  remedy:
    'Say where the credentials go instead of having it guessed: in Go `Endpoint{AuthStyle: oauth2.AuthStyleInParams}`.',
  references: ['RFC 6749 §2.3.1', 'RFC 6749 §4.1.2'],
  scenarios: ['login', 'logins', 'refresh-chain', 'strict', 'refused-codes'],
  untested: 'Let a login come to its token request.',
  judge: (scenario) => {
    const groups = uses(scenario);
    if (groups.length === 0) return undefined;
    const [probe] = groups.flatMap(probes);
    if (probe === undefined) {
      return pass(
        `None of ${String(groups.length)} codes and refresh tokens was sent again with the credentials in another place.`,
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
};
export default check;

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

/** Requests that differ from the one before in where their credentials stand. */
function probes({ label, requests }: Uses) {
  return requests.flatMap((second, index) => {
    const first = requests[index - 1];
    return first !== undefined && moved(first, second) ? [{ label, first, second }] : [];
  });
}
