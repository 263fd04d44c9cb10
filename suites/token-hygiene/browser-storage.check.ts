import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { StorageEntry } from '../../src/history/event.ts';
import { kindOf } from './carried.ts';

export default defineCheck({
  id: 'HYG-06',
  suite: 'token-hygiene',
  level: 'INFO',
  title: 'The browser keeps no refresh token where scripts or other sites can reach it',
  failure: 'The browser keeps the refresh token where scripts or other sites can reach it',
  why: 'Any script of the page can read localStorage, including an injected one, and its content outlives the tab. A cookie without HttpOnly is no better.',
  remedy:
    'Keep refresh tokens on your server and give the page a session cookie: `Set-Cookie: sid=…; HttpOnly; Secure; SameSite=Lax`.',
  references: ['draft-ietf-oauth-browser-based-apps §8', 'RFC 6265 §5.3'],
  scenarios: ['login', 'refresh-chain'],
  untested: 'Let the client log in in a browser (browser driver).',
  skip: ({ run }) => (run.driver === 'browser' ? undefined : 'The client does not run in a browser.'),
  judge: (scenario) => {
    const looks = scenario.of('storage');
    if (looks.length === 0) return undefined;
    for (const { seq, entries } of looks) {
      const bad = entries.find(isOpen);
      if (bad !== undefined) {
        const where =
          bad.area === 'cookie'
            ? `the cookie ${bad.name}, which scripts can read or which is sent unprotected`
            : `${bad.area} (${bad.name})`;
        return fail(`The refresh token is stored in ${where}.`, [seq]);
      }
    }
    return pass(
      'The page keeps no refresh token where scripts can read it.',
      looks.map(({ seq }) => seq),
    );
  },
});

/** Returns whether the entry holds a refresh token that scripts can read. A loopback address needs no `Secure`. */
function isOpen({ area, holds, httpOnly, sameSite }: StorageEntry): boolean {
  if (!holds.some((label) => kindOf(label) === 'RT')) return false;
  return area !== 'cookie' || httpOnly !== true || sameSite === 'None';
}
