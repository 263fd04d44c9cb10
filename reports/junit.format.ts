/** `junit.xml`: one testcase a check, one testsuite a suite, as CI systems read it. Counts always match the children. */
import type { Report, ReportCheck } from '../src/grade/report.ts';
import type { Format } from './format.ts';
import { oneLine } from './text/printable.ts';
import { attribute, content } from './text/xml.ts';
import { VERDICTS, wordOf } from './text/words.ts';

/** `failed`: broken, or a MUST that was never exercised. Everything that is neither green nor red is skipped, and says why. */
type CaseResult = 'passed' | 'failed' | 'broken' | 'skipped';

function outcome({ verdict, level }: ReportCheck): CaseResult {
  if (verdict === 'fail') return 'failed';
  if (verdict === 'error') return 'broken';
  if (verdict === 'inconclusive') return level === 'MUST' ? 'failed' : 'skipped';
  return verdict === 'skip' || verdict === 'review' ? 'skipped' : 'passed';
}

function render(report: Report): string {
  const suites = Map.groupBy(report.checks, ({ suite }) => suite);
  const { run } = report;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${attribute(nameOf(report))} ${counts(report.checks)} time="${seconds(run.durationMs)}">`,
    ...[...suites].flatMap(([suite, checks]) => [
      `  <testsuite name=${attribute(suite)} ${counts(checks)} time="0.000" timestamp=${attribute(run.startedAt)}>`,
      ...checks.flatMap(testcase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

/** A run that selected not every MUST says so where CI systems show a name: its testcases alone look like a whole run's. */
function nameOf({ tool, app, verdict, summary }: Report): string {
  const name = `${tool.name}: ${app.name}`;
  return verdict === 'partial' ? `${name}. ${oneLine(summary, 400)}` : name;
}

function testcase(check: ReportCheck): string[] {
  const properties: readonly (readonly [string, string])[] = [
    ['level', check.level],
    ['verdict', check.verdict],
    ...check.requirements.map((id): readonly [string, string] => ['requirement', id]),
  ];
  return [
    `    <testcase name=${attribute(`${check.id} ${check.title}`)} classname=${attribute(check.suite)} time="0.000">`,
    '      <properties>',
    ...properties.map(([name, value]) => `        <property name=${attribute(name)} value=${attribute(value)}/>`),
    '      </properties>',
    ...result(check),
    '    </testcase>',
  ];
}

function result(check: ReportCheck): string[] {
  const message = attribute(check.message);
  switch (outcome(check)) {
    case 'failed':
      return [
        `      <failure type=${attribute(check.verdict)} message=${message}>${content(details(check))}</failure>`,
      ];
    case 'broken':
      return [`      <error type="error" message=${message}>${content(details(check))}</error>`];
    case 'skipped':
      return [`      <skipped message=${attribute(whySkipped(check))}/>`];
    case 'passed':
      return check.verdict === 'pass'
        ? []
        : [`      <system-out>${content(`${VERDICTS[check.verdict].word}. ${details(check)}`)}</system-out>`];
  }
}

const whySkipped = (check: ReportCheck): string =>
  check.reason === 'not-selected' ? wordOf(check) : `${wordOf(check)}: ${check.message}`;

function details(check: ReportCheck): string {
  const evidence = check.scenarios
    .filter(({ evidence: seqs }) => seqs.length > 0)
    .map(
      ({ id, evidence: seqs }) =>
        `${id} ${seqs
          .slice(0, 12)
          .map((seq) => `#${String(seq)}`)
          .join(' ')}`,
    );
  return [
    check.message,
    ...(check.diagnosis === undefined ? [] : [`Why: ${check.diagnosis}`]),
    ...(check.remedy === undefined ? [] : [`Fix: ${check.remedy}`]),
    ...(check.blockedBy === undefined ? [] : [`Blocked by ${check.blockedBy}`]),
    ...(check.baseline === undefined ? [] : [`Accepted by the baseline: ${check.baseline.reason}`]),
    ...(evidence.length === 0 ? [] : [`Evidence in history.jsonl: ${evidence.join(', ')}`]),
  ].join('\n');
}

function counts(checks: readonly ReportCheck[]): string {
  const all = checks.map(outcome);
  const of = (wanted: CaseResult): string => String(all.filter((one) => one === wanted).length);
  return `tests="${String(all.length)}" failures="${of('failed')}" errors="${of('broken')}" skipped="${of('skipped')}"`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

export const format: Format = { id: 'junit', file: 'junit.xml', render: ({ report }) => render(report) };
