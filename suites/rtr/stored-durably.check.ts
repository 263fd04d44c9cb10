import { defineCheck, fail, inconclusive, pass, skip, warn } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import { endsOf } from '../calls.ts';
import { asksAgain, sentToken, succeeded, sentNewest } from './refreshes.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from './token-state.ts';

export default defineCheck({
  id: 'RTR-04',
  suite: 'rtr',
  level: 'MUST',
  title: 'After a restart the client sends the newest refresh token',
  failure: 'After a restart the client sends an old refresh token',
  why: 'A token that is kept in memory only is lost at the next deployment; sending the older one from disk makes Salesforce revoke the whole token family.',
  remedy:
    'Write the new refresh token to the durable store as part of the refresh, atomically, before the new tokens are used.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain'],
  needs: ['restart'],
  untested: 'Restart the client after a refresh, then let it refresh again.',
  shows: ['tokens-durable'],
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario, { app }) => {
    if (!scenario.reached('after-restart') || !scenario.before('restart').refreshes.some(succeeded)) return undefined;
    const after = scenario.since('after-restart');
    const [first] = after.refreshes;
    if (first !== undefined) {
      return sentNewest(first)
        ? pass(`After the restart the client sent ${sentToken(first)}, the newest.`, [first.seq])
        : fail(`After the restart the client sent ${sentToken(first)}; the newest token was expected.`, [first.seq]);
    }
    const calls = after.actions.filter(({ begin }) => begin.name === 'call');
    const outcomes = calls.map((call) => callOutcome(scenario, call));
    if (calls.length === 0 || outcomes.some((outcome) => ['succeeded', 'unseen', 'open'].includes(outcome))) {
      return undefined;
    }
    const evidence = [...new Set([...asksAgain(after), ...endsOf(calls)])];
    const restart = scenario.of('phase').find(({ phase }) => phase === 'restart')?.seq ?? 0;
    const newest = newestToken(scenario, restart);
    if (newest !== undefined && newest.state !== 'valid') {
      return inconclusive(
        `After the restart the client sent no refresh token; before it, ${stateOfNewest(scenario, restart)}.`,
        evidence,
        { broken: TOKEN_LOST },
      );
    }
    if (app.persistence === 'session') {
      return skip(
        'The configuration declares that tokens are kept in memory only; after a restart the user connects again.',
        evidence,
      );
    }
    const label = newest?.label;
    const file = scenario
      .of('state')
      .flatMap(({ files }) => files)
      .find(({ holds }) => label !== undefined && holds.includes(label));
    return warn(
      `After the restart the client sent no refresh token${label === undefined ? '' : `, although ${label} was still valid`}; its user has to connect again.`,
      evidence,
      {
        remedy: 'Store tokens durably, or declare `"persistence": "session"` in the configuration.',
        diagnosis:
          file === undefined
            ? undefined
            : `The file ${file.name} holds ${label ?? 'the token'}: it was stored, but not read after the restart.`,
      },
    );
  },
});
