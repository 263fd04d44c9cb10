/** Renders `ctrf.json` in the Common Test Report Format, which dashboards for many kinds of test results read. */
import type { Report, ReportCheck } from '../src/grade/report.ts';
import type { Format } from './format.ts';
import { oneLine, printable } from './text/printable.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** Maps a verdict to a CTRF status. `pending`: a MUST that was not exercised, or a check that needs a review. `other`: the harness failed. */
function status({ verdict, level }: ReportCheck): Status {
  switch (verdict) {
    case 'fail':
      return 'failed';
    case 'error':
      return 'other';
    case 'inconclusive':
      return level === 'MUST' ? 'failed' : 'pending';
    case 'review':
      return 'pending';
    case 'skip':
      return 'skipped';
    case 'pass':
    case 'warn':
    case 'info':
      return 'passed';
  }
}

function render(report: Report): string {
  const start = Date.parse(report.run.startedAt);
  const begun = Number.isNaN(start) ? 0 : start;
  const statuses = report.checks.map(status);
  const of = (wanted: Status): number => statuses.filter((one) => one === wanted).length;
  const ctrf = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${report.tool.name} ${report.tool.version}`,
    results: {
      tool: { name: report.tool.name, version: report.tool.version },
      summary: {
        tests: statuses.length,
        passed: of('passed'),
        failed: of('failed'),
        pending: of('pending'),
        skipped: of('skipped'),
        other: of('other'),
        start: begun,
        stop: begun + Math.round(report.run.durationMs),
        extra: {
          ...{ verdict: report.verdict, partial: report.run.partial, rules: oneLine(report.run.rules, 40) },
          summary: oneLine(report.summary, 1000),
        },
      },
      tests: report.checks.map((check) => ({
        name: `${check.id} ${oneLine(check.title, 300)}`,
        status: status(check),
        duration: 0,
        suite: [check.suite],
        rawStatus: check.verdict,
        message: printable(check.message, 2000),
        ...(check.diagnosis === undefined ? {} : { trace: printable(check.diagnosis, 4000) }),
        tags: [check.level, ...check.requirements],
        extra: {
          references: check.references,
          ...(check.remedy === undefined ? {} : { remedy: printable(check.remedy, 4000) }),
          scenarios: check.scenarios.map(({ id, verdict, evidence }) => ({
            id,
            verdict,
            evidence: evidence.slice(0, 100),
          })),
        },
      })),
      environment: {
        appName: oneLine(report.app.name, 200),
        extra: { kind: report.app.kind, client: report.app.client, run: report.run.id },
      },
    },
  };
  return `${JSON.stringify(ctrf, null, 2)}\n`;
}

/** Renders `ctrf.json`. */
export const format: Format = { id: 'ctrf', file: 'ctrf.json', render: ({ report }) => render(report) };
