import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { sentToken, succeeded, sentNewest } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-08',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A late save does not restore an old refresh token',
  failure: 'A late save restores an old refresh token',
  why: 'A user session that was loaded before a refresh and saved after it overwrites the only valid refresh token with a used one.',
  remedy:
    'Write tokens only when they were refreshed, or compare before you write; never save a whole session object that was loaded earlier.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['stale-writer'],
  untested: 'Let a call that began before a refresh end after it, then let the client refresh.',
  shows: ['late-save-harmless'],
  relies: ['chain-kept', 'refresh-survived', 'tokens-durable', 'stored-before-use'],
  judge: (scenario) => {
    if (!scenario.phase('late-save').refreshes.some(succeeded)) return undefined;
    const { refreshes } = scenario.since('after-late-save');
    const [first] = refreshes;
    if (first === undefined) return undefined;
    const bad = refreshes.find((refresh) => !sentNewest(refresh));
    return bad === undefined
      ? pass(
          `After the late save the client sent ${sentToken(first)}, the newest.`,
          refreshes.map(({ seq }) => seq),
        )
      : fail(`After the late save the client sent ${sentToken(bad)}; the newest token was expected.`, [bad.seq]);
  },
});
