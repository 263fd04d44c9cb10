import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { accessTokenUses, repeatedUnchanged } from './access-tokens.ts';
import { isRefresh, presented } from './refreshes.ts';

const check: Check = {
  id: 'RTR-07',
  suite: 'rtr',
  level: 'MUST',
  title: 'After a refresh only the new access token is used',
  failure: 'After a refresh the old access token is still used',
  why: 'A client that keeps the old access token finds it dead, refreshes for every call, and uses up rotations for nothing.',
  remedy:
    'Replace the access token everywhere it is held, headers that were built earlier included, when the refresh is answered.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client make API calls after a refresh.',
  shows: ['new-access-token-used'],
  relies: ['refresh-after-401', 'refresh-survived'],
  judge: (scenario) => {
    const life = scenario.before('restart');
    const repeat = repeatedUnchanged(life);
    if (repeat !== undefined) {
      return fail(
        `The refresh within a call was answered, and the call was repeated with ${repeat.label}, which had just been refused; the new access token was expected.`,
        [repeat.use.seq, repeat.refresh.response?.seq ?? repeat.refresh.seq],
        {
          diagnosis: 'The access token is read once, before the call, and not again after the refresh.',
          remedy: 'Build the request anew for the retry, with the access token that the refresh gave.',
        },
      );
    }
    const uses = accessTokenUses(life).filter(({ adopted }) => isRefresh(adopted));
    const old = uses.find(({ stale }) => stale);
    if (old !== undefined) {
      const { facts } = old.use;
      const next = life.refreshes.find(({ seq }) => seq > old.use.seq);
      const both = typeof next?.facts.refreshToken?.family === 'string' && !next.facts.refreshToken.head;
      return fail(
        `An API call that was asked for after a refresh had been answered carried ${facts.accessToken?.label ?? 'an old token'}; the newest access token was expected.`,
        [old.use.seq, old.adopted.response?.seq ?? 0, ...(both ? [next.seq] : [])],
        both
          ? {
              diagnosis: `The refresh token that came with the new access token is gone, too: the next refresh sent ${presented(next)}.`,
              broken: ['new-token-kept', 'chain-kept', 'successor-used'],
            }
          : {},
      );
    }
    return uses.length === 0
      ? undefined
      : pass(
          `Each of ${String(uses.length)} API calls after a refresh carried the newest access token.`,
          uses.map(({ use }) => use.seq),
        );
  },
};
export default check;
