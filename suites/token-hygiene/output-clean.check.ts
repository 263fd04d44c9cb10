import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { kindOf, labelsIn } from './carried.ts';

const SECRETS = ['AT', 'RT', 'VERIFIER', 'SECRET'];

export default defineCheck({
  id: 'HYG-04',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'No token, verifier or secret appears in output',
  failure: 'A token, verifier or secret appears in output',
  why: 'Logs are copied, shipped and archived; anyone who reads a token there can act for the user. Error texts that quote a request or a response are the usual leak.',
  remedy:
    'Log names and lengths, never values; strip `refresh_token`, `access_token`, `code_verifier` and `client_secret` from logged requests, responses and error texts.',
  references: ['RFC 9700 §4.10', 'RFC 6749 §10.3'],
  scenarios: ['login', 'refresh-chain', 'rejected', 'error-answers', 'logout'],
  untested: 'Let the client log in, make API calls, refresh and fail.',
  judge: (scenario) => {
    const answered = scenario.actions.flatMap(({ end }) => (end === undefined ? [] : [end.seq]));
    if (answered.length === 0) return undefined;
    const [first, ...more] = leaks(scenario);
    return first === undefined
      ? pass('No output or response of the client contained a token, a verifier or a secret.', answered.slice(-1))
      : fail(
          `${first.labels.slice(0, 4).join(', ')} appeared in ${first.where}; no token, verifier or secret was expected there.`,
          [first, ...more].map(({ seq }) => seq),
        );
  },
});

interface Leak {
  readonly seq: number;
  readonly where: string;
  readonly labels: readonly string[];
}

function leaks(scenario: ScenarioHistory): readonly Leak[] {
  const printed = scenario.of('output').map(({ seq, stream, leaked }) => ({
    seq,
    where: stream === 'stdout' ? 'the standard output of the client' : 'the standard error output of the client',
    labels: leaked,
  }));
  const answered = scenario
    .of('verb-end')
    .flatMap(({ seq, name, error }) =>
      error === undefined
        ? []
        : [{ seq, where: `the error that the client returned for \`${name}\``, labels: labelsIn(error) }],
    );
  return [...printed, ...answered]
    .map((one) => ({ ...one, labels: one.labels.filter((label) => SECRETS.includes(kindOf(label))) }))
    .filter(({ labels }) => labels.length > 0);
}
