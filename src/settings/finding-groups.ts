/** Groups findings with the same remedy for readers: what to do once, then where. */
import { kindWords } from '../../suites/settings/rule-switch.ts';
import type { Verdict } from '../grade/check.ts';
import type { SettingsReportFinding } from './settings-report.ts';

/** Findings that the same change or the same review resolves. */
export interface FindingGroup {
  readonly verdict: Verdict;
  readonly overdue: boolean;
  readonly rules: readonly string[];
  /** Messages that apply to all of them. */
  readonly messages: readonly string[];
  /** One item for each place; `message` where it applies to this place only. */
  readonly items: readonly { readonly place: string; readonly app: string; readonly message: string }[];
  readonly remedy: string;
  readonly xml: string | undefined;
}

/** Groups findings by verdict and remedy, and information by its rule, in the order of each group's first finding. */
export function findingGroups(findings: readonly SettingsReportFinding[]): readonly FindingGroup[] {
  const groups = Map.groupBy(findings, ({ verdict, overdue, rule, remedy, xml }) =>
    JSON.stringify([verdict, overdue, verdict === 'info' ? rule : remedy, xml]),
  );
  return [...groups.values()].map((group) => grouped(group));
}

function grouped(findings: readonly SettingsReportFinding[]): FindingGroup {
  const [first] = findings;
  if (first === undefined) throw new RangeError('A group has at least one finding.');
  const { verdict, overdue, remedy, xml } = first;
  const about = { verdict, overdue, remedy, xml, rules: [...new Set(findings.map(({ rule }) => rule))] };
  if (findings.length === 1) {
    return { ...about, messages: [textOf(first)], items: [{ place: placeOf(first), app: '', message: '' }] };
  }
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const common = [...byRule.values()].map((own) => commonText(own));
  const items = findings.map((finding) => ({
    place: placeOf(finding),
    app: finding.app ?? '',
    message: commonText(byRule.get(finding.rule) ?? []) === undefined ? textOf(finding) : '',
  }));
  const distinct = new Map(items.map((item) => [JSON.stringify(item), item]));
  return { ...about, messages: common.filter((text) => text !== undefined), items: [...distinct.values()] };
}

/** Returns the common text of a rule's findings when they differ in the app's name only. */
function commonText(findings: readonly SettingsReportFinding[]): string | undefined {
  const texts = new Set(findings.map((finding) => withoutApp(finding)));
  const [only] = texts;
  return texts.size === 1 ? only : undefined;
}

/** Removes the app's name: `Connected App "X": the file …` → `The file …`; `Connected App "X" wants …` → `Each Connected App wants …`. */
function withoutApp(finding: SettingsReportFinding): string {
  const text = textOf(finding);
  const { app = '' } = finding;
  const [kind = '', rest] = text.split(` "${app}"`);
  if (app === '' || rest === undefined || !KINDS.includes(kind)) return text;
  if (!rest.startsWith(': ')) return `Each ${kind}${rest}`;
  const said = rest.slice(': '.length);
  // The name of an element keeps its spelling.
  return /^is[A-Z]/.test(said) ? said : said.charAt(0).toUpperCase() + said.slice(1);
}

const KINDS = [kindWords('connected-app'), kindWords('external-client-app')];

function textOf({ message, diagnosis }: SettingsReportFinding): string {
  return diagnosis === undefined ? message : `${message} ${diagnosis}`;
}

function placeOf({ place }: SettingsReportFinding): string {
  return place === undefined ? '' : `${place.file}:${String(place.line)}`;
}
