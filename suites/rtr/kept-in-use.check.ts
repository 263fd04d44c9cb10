import { defineCheck, info } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { isRefresh, succeeded } from './refreshes.ts';

const DAY_MS = 86_400_000;

export default defineCheck({
  id: 'IDLE-02',
  suite: 'rtr',
  level: 'INFO',
  title: 'What keeps the refresh token from expiring: its refreshes',
  failure: 'Nothing keeps the refresh token from expiring',
  why: 'Under the idle limit only a refresh counts as a use: API calls with an access token that is still valid do not.',
  remedy: 'Refresh connections that are rarely used at least every 29 days, from a job of your own.',
  references: ['RFC 6749 §6'],
  scenarios: ['idle-token'],
  untested: 'Let the client make calls over 29 days.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const part = scenario.phase('in-use');
    const refreshes = part.refreshes.filter((one) => isRefresh(one) && succeeded(one));
    const calls = part.actions.filter(({ begin }) => begin.name === 'call');
    if (refreshes.length === 0) return undefined;
    const passed = part.of('control').filter(({ action }) => action === 'age');
    const passedMs = passed.reduce((sum, { detail }) => sum + parseInt(detail ?? '0', 10), 0);
    return info(
      `Over ${String(Math.round(passedMs / DAY_MS))} days ${howMany(calls.length, 'call')} led to ${howMany(refreshes.length, 'refresh', 'refreshes')}; ${refreshes.length === 1 ? 'it' : 'each'} began the 30 days of the idle limit anew.`,
      [...refreshes, ...passed].map(({ seq }) => seq),
    );
  },
});
