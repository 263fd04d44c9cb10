import { daysBetween, DUE } from './dates.ts';
import { PKCE, RTR } from './rule-switch.ts';
import { settingsCheck } from './rule.ts';
import { leftOut, misplaced, written } from './switch-rules.ts';

/** What is counted, in every requirement set. */
const SETTINGS = 'Settings of PKCE and rotation that are not on';

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
  title: 'The settings comply before the due date',
  failure: 'The due date has passed and a required setting is not on',
  why: 'After the due date an app can lose its AppExchange listing or its access.',
  remedy: 'Switch on the missing settings and deploy them now.',
  references: ['Partner rule, Deadlines for Implementation'],
  requirements: [],
  notApplicable: 'There is no app in the metadata.',
  grade: (facts) => {
    if (facts.apps.length === 0) return [];
    const graded = grades.flatMap((grade) => grade(facts));
    const open = graded.filter(({ verdict }) => verdict === 'fail').length;
    const unseen = facts.apps.filter((app) => app.kind === 'external-client-app' && app.oauth.length === 0).length;
    const untold =
      graded.some(({ verdict, blockedBy }) => verdict === 'inconclusive' && blockedBy === undefined) ||
      unseen > 0 ||
      facts.problems.length > 0;
    const also = untold ? '; some settings could not be determined' : '';
    const days = daysBetween(facts.today, DUE);
    if (days < 0 && open > 0) {
      const past = days === -1 ? 'yesterday' : `${String(-days)} days ago`;
      const message = `${SETTINGS}: ${String(open)}${also}. The due date, ${DUE}, was ${past}.`;
      return [{ verdict: 'warn', message }];
    }
    const left =
      days < 0 ? `${DUE} has passed` : `${days === 1 ? '1 day is' : `${String(days)} days are`} left until ${DUE}`;
    return [
      {
        verdict: 'info',
        message: `Due date: ${left}. ${SETTINGS}: ${String(open)}${also}.`,
        ...(open === 0 ? {} : { remedy: 'Switch on the missing settings before then.' }),
      },
    ];
  },
});
