import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { succeeded } from './refreshes.ts';

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
  blockers: ['RTR-01'],
  judge: (scenario) => {
    const { refreshes, resources, verbs } = scenario.before('restart');
    const answered = refreshes.filter(succeeded);
    const [firstAnswer] = answered;
    if (firstAnswer === undefined) return undefined;
    // Calls are asked for one by one here, so whatever begins after an answer belongs to a client that has it.
    const after = resources.filter(
      ({ begunAt, facts }) =>
        facts.accessToken?.family !== null &&
        facts.accessToken !== null &&
        begunAt > firstAnswer.endedAt &&
        !answered.some((refresh) => refresh.begunAt <= begunAt && begunAt < refresh.endedAt) &&
        verbs.filter(({ begin, end }) => begin.t <= begunAt && begunAt <= (end?.t ?? Infinity)).length <= 1,
    );
    const old = after.find(({ facts }) => facts.accessToken?.newest === false);
    if (old !== undefined) {
      const refresh = answered.findLast(({ endedAt }) => endedAt <= old.begunAt);
      return fail(
        `An API call that began after a refresh was answered carried ${old.facts.accessToken?.label ?? 'an old token'}; the newest access token was expected.`,
        [old.seq, refresh?.response?.seq ?? 0],
      );
    }
    return after.length === 0
      ? undefined
      : pass(
          `Each of ${String(after.length)} API calls after a refresh carried the newest access token.`,
          after.map(({ seq }) => seq),
        );
  },
};
export default check;
