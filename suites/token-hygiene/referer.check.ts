import type { Finding } from '../../src/grade/check.ts';
import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { Visit } from '../../src/history/event.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { kindOf, labelsIn } from './carried.ts';

const SECRETS = ['CODE', 'AT', 'RT', 'STATE', 'VERIFIER', 'IDTOKEN'];

export default defineCheck({
  id: 'HYG-03',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'No Referer header carries a code or a token',
  failure: 'A Referer header carries a code or a token',
  why: 'A page whose URL contains the code reveals it to every server from which it loads something.',
  remedy: 'Answer the callback with a redirect to a clean URL, and send `Referrer-Policy: no-referrer` on that page.',
  references: ['RFC 9700 §4.2'],
  scenarios: ['login', 'logins'],
  untested:
    'Answer the callback with a redirect to a clean URL; or let its page load something from the mock in a real browser (browser driver).',
  skip: ({ run }) =>
    run.driver === 'http' || run.driver === 'browser'
      ? undefined
      : 'The client serves no pages from which a browser could send a Referer header.',
  judge: (scenario) => {
    const referers = scenario
      .of('request')
      .flatMap(({ seq, headers }) =>
        headers.filter(({ name }) => name.toLowerCase() === 'referer').map((header) => ({ seq, header })),
      );
    if (referers.length === 0) return redirected(scenario) ?? silent(scenario);
    const bad = referers.filter(({ header }) =>
      labelsIn(header.value).some((label) => SECRETS.includes(kindOf(label))),
    );
    return bad.length === 0
      ? pass(
          `No code or token was in ${howMany(referers.length, 'Referer header')}.`,
          referers.map(({ seq }) => seq),
        )
      : fail(
          `${String(bad.length)} of ${howMany(referers.length, 'Referer header')} carried a code, a state or a token; none was expected to.`,
          bad.map(({ seq }) => seq),
        );
  },
});

/** Returns the pass for callbacks that are all answered with a redirect: no page has the code in its address, so nothing can leak it. */
function redirected(scenario: ScenarioHistory): Finding | undefined {
  const visits = scenario.of('visit');
  const callbacks = visits.filter(({ step }) => step === 'callback');
  const redirects = callbacks.flatMap((callback) => {
    const page = visits.find(({ seq, step, user }) => step === 'page' && seq > callback.seq && user === callback.user);
    return page !== undefined && leadsAway(page, callback) ? [page.seq] : [];
  });
  return callbacks.length === 0 || redirects.length < callbacks.length
    ? undefined
    : pass(
        'Each callback was answered with a redirect: no page had the code in its URL, so no Referer header could carry it.',
        redirects,
      );
}

/** Returns whether the first page after a callback is a redirect, or has another address, as a real browser records it. */
const leadsAway = ({ status = 0, url }: Visit, callback: Visit): boolean =>
  (status >= 300 && status < 400) || (status >= 200 && status < 300 && url !== callback.url);

/** Returns the pass when the page that received the code sent the token request itself, without a Referer header. */
function silent(scenario: ScenarioHistory): Finding | undefined {
  // Only browsers send `Sec-Fetch-Site`; the `fetch` of Node.js sends a `Sec-Fetch-Mode` too.
  const asked = scenario.codeExchanges.filter(({ request }) =>
    request.headers.some(({ name }) => name.toLowerCase() === 'sec-fetch-site'),
  );
  return asked.length === 0
    ? undefined
    : pass(
        'The page that received the code requested the tokens without a Referer header.',
        asked.map(({ seq }) => seq),
      );
}
