/** Renders `junit.xml`: one testcase for each check, one testsuite for each suite. The counts always match the children. */
import type { Report, ReportCheck } from '../src/grade/report.ts';
import type { Format, RenderInput } from './format.ts';
import { oneLine } from './text/printable.ts';
import { attribute, content } from './text/xml.ts';
import { VERDICTS, wordOf } from './text/words.ts';

/** Result of a testcase. `failed`: a failure, or a MUST that was not exercised. A check that another failure blocks is skipped, so that
 * one cause is one failure. Every other verdict is skipped with a reason. */
type CaseResult = 'passed' | 'failed' | 'broken' | 'skipped';

function outcome({ verdict, level, blockedBy }: ReportCheck): CaseResult {
  if (verdict === 'fail') return 'failed';
  if (verdict === 'error') return 'broken';
  if (verdict === 'inconclusive') return level === 'MUST' && blockedBy === undefined ? 'failed' : 'skipped';
  return verdict === 'skip' || verdict === 'review' ? 'skipped' : 'passed';
}

function render({ report, history: [begin] }: RenderInput): string {
  const suites = Map.groupBy(report.checks, ({ suite }) => suite);
  const { run } = report;
  const file = begin?.kind === 'run-begin' ? begin.run.configuration : undefined;
  const time = timeOf(report);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${attribute(nameOf(report))} ${counts(report.checks)} time="${seconds(run.durationMs)}">`,
    ...[...suites].flatMap(([suite, checks]) => [
      `  <testsuite name=${attribute(suite)} ${counts(checks)} time=${time(checks)} timestamp=${attribute(run.startedAt)}>`,
      ...checks.flatMap((check) => testcase(check, time([check]), file)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Returns the name that CI systems show. A run without all MUSTs says so in its name, because its testcases alone look like those of a
 * complete run. */
function nameOf({ tool, app, verdict, summary }: Report): string {
  const name = `${tool.name}: ${app.name}`;
  return verdict === 'partial' ? `${name}. ${oneLine(summary, 400)}` : name;
}

/** Returns the total duration, in seconds, of the scenarios that the checks were judged in; each scenario counts once, because checks
 * share them. */
function timeOf({ scenarios }: Report): (checks: readonly ReportCheck[]) => string {
  const durations = new Map(scenarios.map(({ id, durationMs }) => [id, durationMs]));
  return (checks) => {
    const ran = new Set(checks.flatMap((check) => check.scenarios.map(({ id }) => id)));
    return `"${seconds([...ran].reduce((sum, id) => sum + (durations.get(id) ?? 0), 0))}"`;
  };
}

/** Renders a check as a testcase.
 * @param file path of the configuration in its repository, which CI systems show with a failure */
function testcase(check: ReportCheck, time: string, file: string | undefined): string[] {
  const properties: readonly (readonly [string, string])[] = [
    ['level', check.level],
    ['verdict', check.verdict],
    ...check.requirements.map((id): readonly [string, string] => ['requirement', id]),
  ];
  return [
    `    <testcase name=${attribute(`${check.id} ${check.title}`)} classname=${attribute(check.suite)}${file === undefined ? '' : ` file=${attribute(file)}`} time=${time}>`,
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
  check.reason === 'not-selected'
    ? wordOf(check)
    : check.blockedBy !== undefined
      ? check.message
      : `${wordOf(check)}: ${check.message}`;

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

/** Renders `junit.xml`. */
export const format: Format = { id: 'junit', file: 'junit.xml', render };
