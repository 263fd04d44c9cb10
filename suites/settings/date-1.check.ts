import { daysBetween, DUE } from './dates.ts';
import { PKCE, RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut, misplaced, written } from './switch-rules.ts';

const grades = [PKCE, RTR].flatMap((info) =>
  (['connected-app', 'external-client-app'] as const).flatMap((kind) => [
    written(kind, info),
    leftOut(kind, info),
    misplaced(kind, info),
  ]),
);

export default settingsCheck({
  id: 'SET-DATE-1',
  level: 'SHOULD',
  title: 'The settings comply before the last day to do so',
  failure: 'The last day to comply is over and a switch is not on',
  why: 'From the due date on an app can lose its AppExchange listing or its access.',
  remedy: 'Switch on what is missing and deploy it now.',
  references: ['Partner rule, Deadlines for Implementation'],
  requirements: [],
  notApplicable: 'There is no app in the metadata.',
  grade: (facts) => {
    if (facts.apps.length === 0) return [];
    const open = grades.flatMap((grade) => grade(facts)).filter(({ verdict }) => verdict === 'fail').length;
    const days = daysBetween(facts.today, DUE);
    if (days < 0 && open > 0) {
      const message = `Required settings that are not on: ${String(open)}. The last day to comply, ${DUE}, was ${String(-days)} days ago.`;
      return [{ verdict: 'warn', message }];
    }
    const left = days < 0 ? `${DUE} is over` : `${String(days)} days are left until ${DUE}`;
    return [
      {
        verdict: 'info',
        message: `The last day to comply: ${left}; required settings that are not on: ${String(open)}.`,
      },
    ];
  },
});
