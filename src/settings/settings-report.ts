/** Turns facts into findings: the settings part of a compliance report, and the whole of `check-settings`. Pure. */
import { daysBetween, dueOf } from '../../suites/settings/dates.ts';
import { incidentResponse, type IncidentResponse } from '../../suites/settings/incident-response.ts';
import { remedyOf, worstOf, type SettingsFinding, type SettingsRule } from '../../suites/settings/rule.ts';
import type { Requirement, RequirementSet } from '../../suites/requirements/set.ts';
import { judgeAttestation, type Attestations } from '../grade/attestation.ts';
import type { Level } from '../grade/check.ts';
import type { RequirementVerdict } from '../grade/report.ts';
import type { Attestation } from '../history/event.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import type { SettingsFacts } from '../history/settings.ts';

/** A finding with the texts of its rule. */
export interface SettingsReportFinding extends SettingsFinding {
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  readonly remedy: string;
  readonly requirements: readonly string[];
  /** Whether it fails a requirement whose last day is over. */
  readonly overdue: boolean;
}

/** A requirement with its answer from settings and attestations. */
export interface SettingsRequirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  /** Last day to comply, where the partner rule names one. */
  readonly due: string | undefined;
  readonly verdict: RequirementVerdict;
  readonly rules: readonly string[];
  readonly attestation?: Attestation;
  /** Why there is no valid attestation. */
  readonly note?: string;
}

/** The report of `check-settings`, as `--format json` prints it. */
export interface SettingsReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** Id of the requirement set that the settings were graded by. */
  readonly rules: string;
  /** `not-applicable`: no app among the files uses OAuth, so nothing was graded. */
  readonly verdict: 'compliant' | 'non-compliant' | 'inconclusive' | 'not-applicable';
  readonly exit: 0 | 1 | 3;
  readonly summary: string;
  /** Worst first, then by file and line. */
  readonly findings: readonly SettingsReportFinding[];
  readonly requirements: readonly SettingsRequirement[];
  /** Rules without a conclusion, with the reason. */
  readonly notApplicable: readonly { readonly rule: string; readonly reason: string }[];
  readonly incidentResponse: IncidentResponse;
  readonly settings: SettingsFacts;
}

const ORDER = ['fail', 'inconclusive', 'review', 'warn', 'info', 'pass', 'skip'] as const;

/** Grades all rules and answers the requirements that settings and attestations can answer. */
export function settingsReport(
  facts: SettingsFacts,
  rules: readonly SettingsRule[],
  options: {
    readonly tool: SettingsReport['tool'];
    readonly set: RequirementSet;
    readonly attestations?: Attestations;
  },
): SettingsReport {
  const graded = rules.map((rule) => ({ rule, findings: rule.grade(facts) }));
  const findings = graded
    .flatMap(({ rule, findings: own }) => own.map((finding) => reported(rule, finding, facts.today)))
    .toSorted(byUrgency);
  const count = (verdict: SettingsFinding['verdict']): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const exit = count('fail') > 0 ? 1 : count('inconclusive') > 0 ? 3 : 0;
  return {
    schemaVersion: 1,
    tool: options.tool,
    rules: options.set.id,
    verdict: verdictOf(exit, facts),
    exit,
    summary: summarise(exit, findings, facts, options.set.id),
    findings,
    requirements: options.set.requirements
      .filter(
        ({ id, answeredBy }) =>
          answeredBy !== 'checks' ||
          rules.some((rule) => rule.requirements.includes(id)) ||
          options.attestations?.[id] !== undefined,
      )
      .map((requirement) => answered(requirement, findings, rules, facts, options.attestations)),
    notApplicable: graded
      .filter(({ findings: own }) => own.length === 0)
      .map(({ rule }) => ({ rule: rule.id, reason: rule.notApplicable })),
    incidentResponse,
    settings: facts,
  };
}

function verdictOf(exit: 0 | 1 | 3, { apps }: SettingsFacts): SettingsReport['verdict'] {
  if (exit !== 0) return exit === 1 ? 'non-compliant' : 'inconclusive';
  return apps.every((app) => app.oauth.length === 0) ? 'not-applicable' : 'compliant';
}

function reported(rule: SettingsRule, finding: SettingsFinding, today: string): SettingsReportFinding {
  return {
    ...finding,
    rule: rule.id,
    level: rule.level,
    title: finding.verdict === 'pass' ? rule.title : rule.failure,
    remedy: remedyOf(rule, finding),
    requirements: rule.requirements,
    overdue: finding.verdict === 'fail' && rule.requirements.some((id) => isOver(dueOf(id), today)),
  };
}

function isOver(due: string | undefined, today: string): boolean {
  return due !== undefined && daysBetween(today, due) < 0;
}

function byUrgency(a: SettingsReportFinding, b: SettingsReportFinding): number {
  return (
    ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
    (a.place?.file ?? '').localeCompare(b.place?.file ?? '', 'en', { numeric: true }) ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    a.rule.localeCompare(b.rule, 'en')
  );
}

function answered(
  { id, title, rule }: Requirement,
  findings: readonly SettingsReportFinding[],
  rules: readonly SettingsRule[],
  facts: SettingsFacts,
  attestations: Attestations | undefined,
): SettingsRequirement {
  const own = findings.filter((finding) => finding.requirements.includes(id));
  const worst = worstOf(own.map(({ verdict }) => verdict));
  const attested = judgeAttestation(attestations, id, facts.today);
  const answering = rules.filter((one) => one.requirements.includes(id)).map((one) => one.id);
  const about = { id, title, rule, due: dueOf(id), rules: answering };
  if (worst !== undefined) return { ...about, verdict: worst };
  switch (attested.state) {
    case 'attested':
      return { ...about, verdict: 'attested', attestation: attested.attestation };
    case 'expired':
      return {
        ...about,
        verdict: 'review',
        note: `The attestation held until ${attested.attestation.until} and is missing since.`,
      };
    case 'missing':
      return answering.length > 0
        ? { ...about, verdict: 'skip', note: 'No app among the files has OAuth settings that it applies to.' }
        : { ...about, verdict: 'review', note: attested.reason };
  }
}

function summarise(
  exit: 0 | 1 | 3,
  findings: readonly SettingsReportFinding[],
  facts: SettingsFacts,
  set: string,
): string {
  const on = set === DEFAULT_RULES ? 'PKCE and refresh token rotation are' : `every setting that ${set} requires is`;
  const { apps, files } = facts;
  const nothingToGrade = verdictOf(exit, facts) === 'not-applicable';
  const count = (verdict: SettingsFinding['verdict']): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const read = `${plural(apps.length, 'app')} in ${plural(files, 'file')}`;
  const warned = count('warn') + count('review');
  const also = warned === 0 ? '' : ` ${plural(warned, 'finding')} to look at.`;
  if (exit === 1) {
    const open = findings.filter((one) => one.verdict === 'inconclusive' && one.blockedBy === undefined).length;
    const again = findings.filter(({ rule, verdict }) => verdict === 'fail' && rule.startsWith('SET-REG-')).length;
    const disabled =
      again === 0 ? '' : ` Switched off again since the earlier state, which the rule forbids: ${String(again)}.`;
    return `Not compliant: ${plural(count('fail'), 'required setting')} failed${open === 0 ? '' : ` and ${String(open)} could not be determined`} (${read}).${disabled}${also}`;
  }
  if (exit === 3)
    return `Inconclusive: nothing failed, but ${plural(count('inconclusive'), 'required setting')} could not be determined from these files (${read}).${also}`;
  return nothingToGrade
    ? `Nothing to grade: no app among the files uses OAuth (${read}).`
    : `Compliant: ${on} on in every app${apps.every((app) => app.oauth.length > 0) ? '' : ' that uses OAuth'} (${read}).${also}`;
}

function plural(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}
