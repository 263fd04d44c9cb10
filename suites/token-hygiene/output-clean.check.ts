import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { kindOf, labelsIn } from './carried.ts';

const SECRETS = ['AT', 'RT', 'VERIFIER', 'SECRET'];

const check: Check = {
  id: 'HYG-04',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'No token, verifier or secret is printed',
  failure: 'Tokens, verifiers or secrets are printed',
  why: 'Logs are copied, shipped and kept; whoever reads them can act for the user. Errors that quote a request or an answer are the usual way in.',
  remedy:
    'Log names and lengths, never values; strip `refresh_token`, `access_token`, `code_verifier` and `client_secret` from logged requests, answers and error texts.',
  references: ['RFC 9700 §4.10', 'RFC 6749 §10.3'],
  scenarios: ['login', 'refresh-chain', 'rejected', 'error-answers', 'logout'],
  untested: 'Let the client log in, make API calls, refresh and fail.',
  judge: (scenario) => {
    const answered = scenario.verbs.flatMap(({ end }) => (end === undefined ? [] : [end.seq]));
    if (answered.length === 0) return undefined;
    const [first, ...more] = leaks(scenario);
    return first === undefined
      ? pass('Nothing that the client wrote or answered held a token, a verifier or a secret.', answered.slice(-1))
      : fail(
          `${first.labels.slice(0, 4).join(', ')} stood in ${first.where}; nothing of the kind was expected.`,
          [first, ...more].map(({ seq }) => seq),
        );
  },
};
export default check;

interface Leak {
  readonly seq: number;
  readonly where: string;
  readonly labels: readonly string[];
}

function leaks(scenario: ScenarioHistory): readonly Leak[] {
  const printed = scenario.of('output').map(({ seq, stream, leaked }) => ({
    seq,
    where: stream === 'stdout' ? 'what the client wrote to standard output' : 'what the client wrote to standard error',
    labels: leaked,
  }));
  const told = scenario
    .of('verb-end')
    .flatMap(({ seq, name, error }) =>
      error === undefined
        ? []
        : [{ seq, where: `the error that the client gave for \`${name}\``, labels: labelsIn(error) }],
    );
  return [...printed, ...told]
    .map((one) => ({ ...one, labels: one.labels.filter((label) => SECRETS.includes(kindOf(label))) }))
    .filter(({ labels }) => labels.length > 0);
}
