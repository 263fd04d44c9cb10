import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ResourceFacts, TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord } from '../../src/history/query.ts';
import { originsOf } from './processes.ts';

export default defineCheck({
  id: 'RACE-11',
  suite: 'races',
  level: 'SHOULD',
  title: 'Users who refresh at the same time keep their own tokens',
  failure: "A user's call carries another user's token",
  why: 'A variable that holds one refresh for all users gives one user the tokens of another: a data leak.',
  remedy: 'Keep tokens and the single-flight slot per user and org, never per process.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['two-users'],
  needs: ['users'],
  untested: 'Let two users of the client refresh at the same time.',
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const users = new Map(
      scenario.of('family').flatMap(({ family, user }) => (user === undefined ? [] : [[family, user]])),
    );
    const windows = scenario.of('phase').filter(({ phase }) => phase === 'user');
    if (windows.length < 2) return undefined;
    const origins = originsOf(scenario);
    const evidence: number[] = [];
    for (const [index, window] of windows.entries()) {
      const until = windows[index + 1]?.seq ?? Infinity;
      const action = scenario.actions.find(
        ({ seq, begin }) => seq > window.seq && seq < until && begin.name === 'call',
      );
      if (action?.end === undefined) continue;
      const { process, user } = action.begin;
      const { seq: over, result } = action.end;
      const serves = new Set(
        scenario.actions.filter(({ begin }) => begin.process === process).map(({ begin }) => begin.user),
      );
      // Another process, or the same one for another of its users, may refresh or poll in the background meanwhile.
      const used = [...scenario.refreshes, ...scenario.resources]
        .filter((one) => one.seq > action.seq && one.seq < over && mayBeOf(process, origins(one)))
        .flatMap((one) => {
          const owner = users.get(familyOf(one) ?? '');
          const sure = serves.size === 1 && origins(one).length === 1;
          return owner === undefined ? [] : [{ one, owner, sure }];
        });
      const decisive = result === 'ok' ? used.filter(({ one }) => isAnsweredCall(one)) : used;
      const bad =
        used.find(({ owner, sure }) => sure && owner !== user) ??
        (decisive.some(({ owner }) => owner === user) ? undefined : decisive[0]);
      if (bad !== undefined) {
        return fail(
          `A call of user ${user} carried a token of user ${bad.owner}; each user has to keep their own tokens.`,
          [bad.one.seq],
        );
      }
      evidence.push(...used.filter(({ owner }) => owner === user).map(({ one }) => one.seq));
    }
    return evidence.length === 0 ? undefined : pass('Each call carried a token of its own user.', evidence);
  },
});

type Use = ExchangeRecord<TokenFacts> | ExchangeRecord<ResourceFacts>;

const mayBeOf = (process: string, from: readonly string[]): boolean => from.length === 0 || from.includes(process);

const familyOf = ({ facts }: Use): string | null | undefined =>
  facts.kind === 'token' ? facts.refreshToken?.family : facts.accessToken?.family;

const isAnsweredCall = ({ facts, response }: Use): boolean =>
  facts.kind === 'resource' && response !== undefined && response.status < 400;
