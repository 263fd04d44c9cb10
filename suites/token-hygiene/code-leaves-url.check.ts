import { defineCheck, info, pass } from '../../src/grade/finding.ts';
import type { EventOf } from '../../src/history/event.ts';

export default defineCheck({
  id: 'HYG-09',
  suite: 'token-hygiene',
  level: 'INFO',
  title: 'The code leaves the address bar after the login',
  failure: 'The code stays in the address bar after the login',
  why: 'What stays in the address bar also stays in the history, in bookmarks, and in the Referer header of whatever the page loads.',
  remedy:
    'Answer the callback with `303 See Other` to a clean URL, or call `history.replaceState(null, "", location.pathname)`.',
  references: ['RFC 9700 §4.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a browser open the callback page of the client (http or browser driver).',
  skip: ({ run }) =>
    run.driver === 'http' || run.driver === 'browser'
      ? undefined
      : 'The page of a loopback listener is gone once the login has ended.',
  judge: (scenario) => {
    const visits = scenario.of('visit');
    const ends = visits.filter(({ step }) => step === 'callback').flatMap((callback) => endOf(callback, visits));
    const [first] = ends;
    if (first === undefined) return undefined;
    const stays = ends.find(({ kept }) => kept);
    return stays === undefined
      ? pass('After each callback the address bar contained no code.', first.evidence)
      : info(
          `The login ended on ${stays.url}: unless a script removes it later, the code stays in the address bar.`,
          stays.evidence,
        );
  },
});

interface End {
  /** Whether the code stays in the address bar. */
  readonly kept: boolean;
  readonly url: string;
  readonly evidence: readonly number[];
}

/** Returns the address bar after a callback was answered; nothing is known about one that was refused or never answered. */
function endOf(callback: EventOf<'visit'>, visits: readonly EventOf<'visit'>[]): readonly End[] {
  const page = visits.find(({ seq, step, user }) => step === 'page' && seq > callback.seq && user === callback.user);
  if (page?.status === undefined || page.status >= 400) return [];
  // A real browser records what the page's scripts made of its address.
  const looks = visits.filter(({ verb, exposed }) => verb === callback.verb && exposed !== undefined);
  const { seq, url } = looks.at(-1) ?? page;
  // Without a browser: a page under the callback's own address leaves the code in it; a redirect does not.
  const kept =
    looks.length === 0
      ? page.status < 300 && page.url === callback.url
      : looks.every(({ exposed }) => exposed === true);
  return [{ kept, url, evidence: [seq, callback.seq] }];
}
