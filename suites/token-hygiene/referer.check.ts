import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { kindOf, labelsIn } from './carried.ts';

const SECRETS = ['CODE', 'AT', 'RT', 'STATE', 'VERIFIER', 'IDTOKEN'];

const check: Check = {
  id: 'HYG-03',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'No Referer header carries a code or a token',
  failure: 'A Referer header carries a code or a token',
  why: 'A page whose URL holds the code tells it to every server that it loads something from.',
  remedy: 'Answer the callback with a redirect to a clean URL, and send `Referrer-Policy: no-referrer` on that page.',
  references: ['RFC 9700 §4.2'],
  scenarios: ['login', 'logins'],
  untested: 'Let a browser open the callback page of the client (drivers http and browser).',
  skip: ({ run }) =>
    run.driver === 'http' || run.driver === 'browser'
      ? undefined
      : 'The client serves no pages of its own that a browser could leave with a Referer header.',
  judge: (scenario) => {
    const told = scenario
      .of('request')
      .flatMap(({ seq, headers }) =>
        headers.filter(({ name }) => name.toLowerCase() === 'referer').map((header) => ({ seq, header })),
      );
    if (told.length === 0) return undefined;
    const bad = told.filter(({ header }) =>
      [...labelsIn(header.value), ...(header.secret === undefined ? [] : [header.secret.label])].some((label) =>
        SECRETS.includes(kindOf(label)),
      ),
    );
    return bad.length === 0
      ? pass(
          `None of ${String(told.length)} Referer headers carried a code or a token.`,
          told.map(({ seq }) => seq),
        )
      : fail(
          `${String(bad.length)} of ${String(told.length)} Referer headers carried a code, a state or a token; none was expected to.`,
          bad.map(({ seq }) => seq),
        );
  },
};
export default check;
