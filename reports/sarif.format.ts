/** `report.sarif`: SARIF 2.1.0, for code scanning. A result a check that is not simply met; its places are lines of the history. */
import type { Report, ReportCheck } from '../src/grade/report.ts';
import type { Format } from './format.ts';
import { oneLine, printable } from './text/printable.ts';

/** SARIF §3.27.9 and §3.27.10: a kind other than `fail` has the level `none`. */
function severity({ verdict, level }: ReportCheck): { readonly kind: string; readonly level: string } | undefined {
  switch (verdict) {
    case 'fail':
    case 'error':
      return { kind: 'fail', level: 'error' };
    case 'warn':
      return { kind: 'fail', level: 'warning' };
    case 'inconclusive':
      return level === 'MUST' ? { kind: 'fail', level: 'warning' } : { kind: 'open', level: 'none' };
    case 'review':
      return { kind: 'review', level: 'none' };
    case 'pass':
    case 'info':
    case 'skip':
      return undefined;
  }
}

function render(report: Report): string {
  const rules = report.checks.map((check) => ({
    id: check.id,
    name: oneLine(check.title, 200),
    shortDescription: { text: oneLine(check.title, 400) },
    ...(check.why === undefined ? {} : { fullDescription: { text: printable(check.why, 1000) } }),
    ...(check.remedy === undefined ? {} : { help: { text: printable(check.remedy, 4000) } }),
    properties: { tags: [check.suite, check.level, ...check.requirements] },
  }));
  const results = report.checks.flatMap((check, ruleIndex) => {
    const how = severity(check);
    return how === undefined ? [] : [result(check, ruleIndex, how)];
  });
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
        automationDetails: { id: `${report.tool.name}/${oneLine(report.run.id, 200)}` },
        invocations: [{ executionSuccessful: !report.checks.some(({ verdict }) => verdict === 'error') }],
        artifacts: [{ location: { uri: report.history }, mimeType: 'application/jsonl' }],
        results,
        properties: {
          ...{ verdict: report.verdict, summary: oneLine(report.summary, 1000) },
          ...{ app: oneLine(report.app.name, 200), rules: oneLine(report.run.rules, 40), partial: report.run.partial },
        },
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function result(check: ReportCheck, ruleIndex: number, how: { readonly kind: string; readonly level: string }): object {
  const lines = [...new Set(check.scenarios.flatMap(({ evidence }) => evidence))].slice(0, 20);
  const text = [
    check.message,
    ...(check.diagnosis === undefined ? [] : [check.diagnosis]),
    ...(check.remedy === undefined ? [] : [`Fix: ${check.remedy}`]),
  ];
  return {
    ruleId: check.id,
    ruleIndex,
    ...how,
    message: { text: printable(text.join('\n\n'), 6000) },
    locations: (lines.length === 0 ? [1] : lines.slice(0, 1)).map((line) => place(line)),
    relatedLocations: lines.slice(1).map((line) => place(line)),
    partialFingerprints: { 'check/v1': check.id },
    ...(check.baseline === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: oneLine(check.baseline.reason, 1000) }] }),
    properties: { verdict: check.verdict, level: check.level, scenarios: check.scenarios.map(({ id }) => id) },
  };
}

/** Event numbers count from 1 without a gap: they are the lines of history.jsonl. */
const place = (line: number): object => ({
  physicalLocation: { artifactLocation: { uri: 'history.jsonl', index: 0 }, region: { startLine: line } },
});

export const format: Format = { id: 'sarif', file: 'report.sarif', render: ({ report }) => render(report) };
