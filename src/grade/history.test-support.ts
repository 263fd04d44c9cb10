/** Small histories and checks by hand, for the tests of grading. */
import { runFacts } from '../../test-kit/run-facts.ts';
import type { Event, EventBody, EventOf } from '../history/event.ts';
import type { Check, Finding } from './check.ts';

/** A history of whole scenarios that hold nothing but what is given. */
export function historyOf(
  begin: Partial<EventOf<'run-begin'>>,
  scenarios: Readonly<Record<string, readonly EventBody[]>>,
): readonly Event[] {
  const bodies: [string, EventBody][] = [['', { ...runFacts().begin, ...begin }]];
  for (const [id, inner] of Object.entries(scenarios)) {
    bodies.push([id, { kind: 'scenario-begin', title: `The scenario ${id}`, mode: 'strict' }]);
    for (const body of inner) bodies.push([id, body]);
    bodies.push([id, { kind: 'scenario-end', outcome: 'completed', durationMs: 1 }]);
  }
  bodies.push(['', { kind: 'run-end', outcome: 'completed' }]);
  return bodies.map(([scenario, body], index) => ({ ...body, seq: index + 1, t: index, scenario, prev: '' }));
}

/** A check of two scenarios that concludes what `judge` does. */
export const checkThat = (id: string, judge: Check['judge'], more: Partial<Check> = {}): Check => ({
  id,
  suite: 'pkce',
  level: 'MUST',
  title: id,
  failure: id,
  why: '',
  remedy: 'Fix it.',
  references: [],
  scenarios: ['login', 'logins'],
  untested: 'Log in.',
  judge,
  ...more,
});

/** A finding that rests on event 2. */
export const found = (verdict: Finding['verdict'], more: Partial<Finding> = {}): Finding => ({
  verdict,
  message: `it is ${verdict}`,
  evidence: [2],
  ...more,
});
