import type { Check } from '../../src/grade/check.ts';
import { info, pass } from '../../src/grade/finding.ts';
import type { EventOf } from '../../src/history/event.ts';

const check: Check = {
  id: 'HYG-09',
  suite: 'token-hygiene',
  level: 'INFO',
  title: 'The code leaves the address bar after the login',
  failure: 'The code stays in the address bar after the login',
  why: 'What stays in the address bar stays in the history, in bookmarks, and in the Referer of whatever the page loads.',
  remedy:
    'Answer the callback with `303 See Other` to a clean URL, or call `history.replaceState(null, "", location.pathname)`.',
  references: ['RFC 9700 §4.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a browser open the callback page of the client (drivers http and browser).',
  skip: ({ run }) =>
    run.driver === 'http' || run.driver === 'browser'
      ? undefined
      : 'The page of a listener on the loopback address is over with the login.',
  judge: (scenario) => {
    const ends = scenario
      .of('visit')
      .filter(({ step }) => step === 'callback')
      .flatMap((callback) => {
        const page = scenario
          .of('visit')
          .find(({ seq, step, user }) => step === 'page' && seq > callback.seq && user === callback.user);
        return page?.status === undefined || page.status >= 400 ? [] : [{ callback, page }];
      });
    const [first] = ends;
    if (first === undefined) return undefined;
    // A real browser has seen what the page's scripts made of its address.
    const cleaned = (callback: EventOf<'visit'>): boolean =>
      scenario.of('visit').some(({ verb, exposed }) => verb === callback.verb && exposed === false);
    const stays = ends.find(({ callback, page }) => page.url === callback.url && !cleaned(callback));
    return stays === undefined
      ? pass('After each callback the address bar held no code.', [first.page.seq, first.callback.seq])
      : info(
          `The login ended on the page of the callback itself, ${stays.page.url}: unless a script takes it out, the code stays in the address bar.`,
          [stays.page.seq, stays.callback.seq],
        );
  },
};
export default check;
