/** Defines a rule about settings, a pure function of the metadata, and turns it into a check for reports. */
import type { Check, Finding } from '../../src/grade/check.ts';
import type { Place, SettingsFacts } from '../../src/history/settings.ts';

/** One conclusion about an app, a file or a line. */
export interface SettingsFinding {
  readonly verdict: Finding['verdict'];
  /** One sentence: what was found and what was expected. */
  readonly message: string;
  readonly app?: string | undefined;
  readonly place?: Place | undefined;
  readonly diagnosis?: string | undefined;
  readonly remedy?: string | undefined;
  /** The metadata to write instead. */
  readonly xml?: string | undefined;
  /** Id of the rule whose failure makes this finding meaningless. */
  readonly blockedBy?: string | undefined;
}

/** A rule about settings, as each `*.check.ts` of this folder declares it. */
export interface SettingsRule extends Omit<Check, 'suite' | 'scenarios' | 'untested' | 'skip' | 'judge'> {
  /** Ids of the partner requirements that the rule answers. */
  readonly requirements: readonly string[];
  /** Sentence for the case that the rule returns no finding. */
  readonly notApplicable: string;
  readonly grade: (facts: SettingsFacts) => readonly SettingsFinding[];
}

/** A check made of a rule; the rule stays readable, so that single findings can be computed. */
export interface SettingsCheck extends Check {
  readonly rule: SettingsRule;
}

/** Verdicts, worst first. `inconclusive` precedes `pass`, so that an app that could not be judged is not hidden behind one that passed. */
const WORST_FIRST: readonly Finding['verdict'][] = ['fail', 'inconclusive', 'review', 'warn', 'pass', 'info', 'skip'];

/** Returns the worst of the verdicts; undefined for none. */
export function worstOf(verdicts: readonly Finding['verdict'][]): Finding['verdict'] | undefined {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict));
}

/** Makes a check of a rule; it reads the `settings` events of the scenario `settings`. */
export function settingsCheck(rule: SettingsRule): SettingsCheck {
  const { notApplicable: _notApplicable, grade, ...check } = rule;
  return {
    ...check,
    suite: 'settings',
    scenarios: ['settings'],
    untested: 'Name the metadata of the app in `app.metadata` of the configuration.',
    skip: ({ begin }) =>
      begin.metadata === true ? undefined : 'The configuration names no metadata of the app (`app.metadata`).',
    judge: (scenario) => {
      const event = scenario.of('settings').at(-1);
      return event === undefined ? undefined : summary(rule, grade(event.facts), event.seq);
    },
    rule,
  };
}

/** Returns what to do about a finding: its own remedy, or that of its rule. What passed, or only informs beside a rule that asks for something, asks for nothing. */
export function remedyOf({ level, remedy }: SettingsRule, finding: SettingsFinding): string {
  const isQuiet = finding.verdict === 'pass' || (finding.verdict === 'info' && level !== 'INFO');
  return finding.remedy ?? (isQuiet ? 'Nothing to change.' : remedy);
}

/** Number of findings that a message lists. */
const SHOWN = 5;

/** Combines all findings of a rule into the finding of its check. */
export function summary(rule: SettingsRule, findings: readonly SettingsFinding[], seq: number): Finding {
  const verdict = worstOf(findings.map((finding) => finding.verdict));
  if (verdict === undefined) return { verdict: 'skip', message: rule.notApplicable, evidence: [seq] };
  const decisive = findings.filter((finding) => finding.verdict === verdict);
  const [first] = decisive;
  const more = decisive.length > SHOWN ? ` And ${String(decisive.length - SHOWN)} more.` : '';
  const remedy = first?.remedy ?? (first?.xml === undefined ? undefined : rule.remedy);
  return {
    verdict,
    message: decisive.slice(0, SHOWN).map(sentence).join(' ') + more,
    evidence: [seq],
    ...(first?.diagnosis === undefined ? {} : { diagnosis: first.diagnosis }),
    ...(remedy === undefined ? {} : { remedy: first?.xml === undefined ? remedy : `${remedy} Write: ${first.xml}` }),
    ...(first?.blockedBy === undefined ? {} : { blockedBy: first.blockedBy }),
  };
}

function sentence({ message, place }: SettingsFinding): string {
  return place === undefined ? message : `${message} (${place.file}:${String(place.line)})`;
}
