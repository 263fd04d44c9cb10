/** Renders `report.sarif` (SARIF 2.1.0) for code scanning: a result for each check that did not simply pass. Its location is the
 * configuration, the only known file of the repository; its evidence are lines of the history. */
import type { ReportCheck } from '../src/grade/report.ts';
import type { Format, RenderInput } from './format.ts';
import { inline, sentenceOf } from './text/markdown.ts';
import { oneLine, printable } from './text/printable.ts';
import { referenceUrl } from './text/reference-url.ts';

/** Returns kind and level; a kind other than `fail` has the level `none` (SARIF §3.27.9 and §3.27.10). */
function severity({
  verdict,
  level,
  blockedBy,
}: ReportCheck): { readonly kind: string; readonly level: string } | undefined {
  switch (verdict) {
    case 'fail':
    case 'error':
      return { kind: 'fail', level: 'error' };
    case 'warn':
      return { kind: 'fail', level: 'warning' };
    case 'inconclusive':
      return level === 'MUST' && blockedBy === undefined
        ? { kind: 'fail', level: 'warning' }
        : { kind: 'open', level: 'none' };
    case 'review':
      return { kind: 'review', level: 'none' };
    case 'pass':
    case 'info':
    case 'skip':
      return undefined;
  }
}

function render({ report, history: [begin] }: RenderInput): string {
  const configuration = begin?.kind === 'run-begin' ? begin.run.configuration : undefined;
  const rules = report.checks.map((check) => ({
    id: check.id,
    name: oneLine(check.title, 200),
    shortDescription: { text: oneLine(check.title, 400) },
    ...(check.why === undefined ? {} : { fullDescription: { text: printable(check.why, 1000) } }),
    ...helpOf(check),
    properties: { tags: [check.suite, check.level, ...check.requirements] },
  }));
  const results = report.checks.flatMap((check, ruleIndex) => {
    const how = severity(check);
    return how === undefined ? [] : [result(check, ruleIndex, how, configuration)];
  });
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
        automationDetails: { id: `${report.tool.name}/${oneLine(report.run.id, 200)}` },
        invocations: [{ executionSuccessful: !report.checks.some(({ verdict }) => verdict === 'error') }],
        artifacts: [
          { location: { uri: report.history }, mimeType: 'application/jsonl' },
          ...(configuration === undefined ? [] : [{ location: { uri: encodeURI(configuration) } }]),
        ],
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

/** Returns the help text and links that viewers show beside a result. */
function helpOf({ id, title, why, remedy, references }: ReportCheck): object {
  const helpUri = references.map(referenceUrl).find((url) => url !== undefined);
  const sources = references.map((one) => {
    const url = referenceUrl(one);
    return url === undefined ? inline(one, 160) : `[${inline(one, 160)}](${url})`;
  });
  const markdown = [
    `**${inline(id)}** ${inline(title, 400)}`,
    ...(why === undefined ? [] : [sentenceOf(why)]),
    ...(remedy === undefined ? [] : [`**Fix:** ${sentenceOf(remedy, 4000)}`]),
    ...(sources.length === 0 ? [] : [sources.join(' · ')]),
    `More: \`sf-conformance explain ${inline(id)}\``,
  ];
  const help = {
    text: printable([why, remedy ?? title].filter(Boolean).join('\n\n'), 4000),
    markdown: markdown.join('\n\n'),
  };
  return { ...(helpUri === undefined ? {} : { helpUri }), help };
}

function result(
  check: ReportCheck,
  ruleIndex: number,
  how: { readonly kind: string; readonly level: string },
  configuration: string | undefined,
): object {
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
    locations: [configuration === undefined ? place(lines[0] ?? 1) : configured(configuration)],
    relatedLocations: lines.slice(configuration === undefined ? 1 : 0).map((line) => place(line)),
    partialFingerprints: { 'check/v1': check.id },
    ...(check.baseline === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: oneLine(check.baseline.reason, 1000) }] }),
    properties: { verdict: check.verdict, level: check.level, scenarios: check.scenarios.map(({ id }) => id) },
  };
}

const configured = (uri: string): object => ({
  physicalLocation: { artifactLocation: { uri: encodeURI(uri), index: 1 }, region: { startLine: 1 } },
});

/** Event numbers count from 1 without gaps, so they are line numbers of history.jsonl. */
const place = (line: number): object => ({
  physicalLocation: { artifactLocation: { uri: 'history.jsonl', index: 0 }, region: { startLine: line } },
});

/** Renders `report.sarif`. */
export const format: Format = { id: 'sarif', file: 'report.sarif', render };
