import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';
import { accessTokenUses, repeatedUnchanged } from './access-tokens.ts';
import { isRefresh, sentToken } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-07',
  suite: 'rtr',
  level: 'MUST',
  title: 'After a refresh only the new access token is used',
  failure: 'After a refresh the old access token is still used',
  why: 'A client that keeps the expired access token gets a 401 and refreshes for every call, which wastes rotations.',
  remedy: 'When the refresh is answered, replace the access token everywhere, also in headers that were built earlier.',
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
        `After the refresh within a call, the call was repeated with ${repeat.label}, which had just been refused; the new access token was expected.`,
        [repeat.use.seq, repeat.refresh.response?.seq ?? repeat.refresh.seq],
        {
          diagnosis:
            'The client reads the access token once before the call and does not read it again after the refresh.',
          remedy: 'Build a new request for the retry, with the access token that the refresh returned.',
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
        `An API call that began after a refresh carried ${facts.accessToken?.label ?? 'an old token'}; the newest access token was expected.`,
        [old.use.seq, old.adopted.response?.seq ?? 0, ...(both ? [next.seq] : [])],
        both
          ? {
              diagnosis: `The refresh token of the same response is lost, too: the next refresh sent ${sentToken(next)}.`,
              broken: ['new-token-kept', 'chain-kept', 'successor-used'],
            }
          : {},
      );
    }
    return uses.length === 0
      ? undefined
      : pass(
          `${eachOf(uses.length, 'API call')} after a refresh carried the newest access token.`,
          uses.map(({ use }) => use.seq),
        );
  },
});
