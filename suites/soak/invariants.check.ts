import type { ScenarioHistory } from '../../src/history/query.ts';
import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { anyServed, violations } from './invariants.ts';
import { LEAST_PAIRS, PAIRS } from './operations.ts';
import { nameOf, pairsOf, performedOperations, sequencesOf, type PerformedOperation } from './performed.ts';

export default defineCheck({
  id: 'MIX-01',
  suite: 'soak',
  level: 'SHOULD',
  title: 'Up to 200 random operations break no invariant of rotation',
  failure: 'A sequence of random operations breaks an invariant of rotation',
  why: 'Some faults appear only after many refreshes, or when one failure follows another.',
  remedy:
    'Repeat the operations that the message names, in that order, with the seed of the run (`--seed`, `--grep MIX-01`), and look at the first exchange of the evidence.',
  references: ['RFC 6749 §6', 'RFC 9700 §4.14.2'],
  scenarios: ['soak'],
  untested: 'Let the client log in and make API calls over a longer period.',
  relies: [
    'chain-kept',
    'refresh-survived',
    'tokens-durable',
    'new-access-token-used',
    'one-refresh-at-a-time',
    'concurrent-calls-finish',
    'next-refresh-works',
    'successor-used',
    'rejection-handled',
    'revocation-handled',
    'no-storm',
    'login-recovers',
    'admin-revocation-handled',
    'token-kept-without-new',
    'false-success-refused',
    'lasting-401-reported',
    'busy-waited-out',
    'refreshes-after-failure',
    'lost-answer-bounded',
    'stored-before-use',
    'late-save-harmless',
    'new-login-kept',
  ],
  judge: (history, { run }) => {
    const [scenario = history, ...shorter] = sequencesOf(history);
    const performed = performedOperations(scenario);
    if (performed.length === 0 || scenario.refreshes.length === 0) return undefined;
    const broken = violations(scenario, performed);
    const [first, ...more] = broken.filter(({ cause }) => cause === undefined);
    const [other] = broken;
    const pairs = pairsOf(performed);
    const coverage = `${String(performed.length)} operations with seed ${String(run.seed)}, ${String(pairs)} of ${String(PAIRS)} ordered pairs of faults`;
    if (first === undefined && other?.cause !== undefined) {
      return inconclusive(`${other.message} (${coverage}).`, other.evidence, { broken: [other.cause] });
    }
    if (first === undefined) {
      const from = [performed[0]?.from ?? 0];
      if (!anyServed(scenario, performed)) return inconclusive(`${coverage}, and no call succeeded.`, from);
      return pairs < LEAST_PAIRS
        ? inconclusive(
            `${coverage}: no invariant was broken, but the time was up before the ${String(LEAST_PAIRS)} pairs that a pass needs. Run this check alone on an idle machine (\`--grep MIX-01\`), or make the client answer faster.`,
            from,
          )
        : pass(`${coverage}: no invariant was broken.`, from);
    }
    const others = more.map(({ invariant }) => invariant);
    const again = shortestOf(shorter, first.invariant);
    const also = others.length === 0 ? '' : ` Also broken: ${others.join(', ')}.`;
    return fail(
      `${first.invariant}: ${first.message} (${coverage}).`,
      [...(again?.evidence ?? []), ...first.evidence, ...more.flatMap(({ evidence }) => evidence.slice(0, 2))],
      {
        diagnosis:
          again === undefined
            ? `It happens after: ${leadingTo(performed, first.evidence[0] ?? 0)}.${also}`
            : `The shortest sequence that reproduces it: ${again.sequence} (${howMany(shorter.length, 'shorter sequence')} tried).${also}`,
      },
    );
  },
});

/** Returns the shortest of the sequences that broke the invariant again. */
function shortestOf(sequences: readonly ScenarioHistory[], invariant: string) {
  const breaking = sequences.flatMap((scenario) => {
    const performed = performedOperations(scenario);
    const found = violations(scenario, performed).find((one) => one.invariant === invariant && one.cause === undefined);
    return found === undefined ? [] : [{ performed, evidence: found.evidence }];
  });
  const [shortest] = breaking.toSorted((a, b) => a.performed.length - b.performed.length);
  if (shortest === undefined) return undefined;
  return { evidence: shortest.evidence, sequence: ['login', ...shortest.performed.map(nameOf)].join(', ') };
}

/** Describes the operations from the last login before the event on; earlier ones concerned another token family. */
function leadingTo(performed: readonly PerformedOperation[], event: number): string {
  const before = performed.filter(({ from }) => from < event);
  const login = before.findLastIndex(({ operation }) => operation.op === 'login');
  const names = before.slice(Math.max(0, login)).map(nameOf);
  const shown = names.slice(-30);
  return `${names.length > shown.length ? `… (${String(names.length - shown.length)} more), ` : ''}${shown.join(', ')}`;
}
