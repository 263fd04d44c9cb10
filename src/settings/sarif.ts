/** Renders the settings report as SARIF 2.1.0: code scanning shows each finding at its XML line. */
import { createHash } from 'node:crypto';

import type { SettingsRule } from '../../suites/settings/rule.ts';
import type { SettingsReport, SettingsReportFinding } from './settings-report.ts';

const LEVELS = { fail: 'error', inconclusive: 'warning', review: 'warning', warn: 'warning', info: 'note' } as const;

/** Renders findings as SARIF: JSON text ending with a line break. Passed rules are left out, because code scanning needs failures only. */
export function settingsSarif(report: SettingsReport, rules: readonly SettingsRule[]): string {
  const shown = report.findings.filter(isSarifFinding);
  const used = rules.filter((rule) => shown.some((finding) => finding.rule === rule.id));
  const overdue = new Set(shown.filter((finding) => finding.overdue).map(({ rule }) => rule));
  const fallback = report.settings.apps[0]?.place ?? report.settings.problems[0]?.place;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            rules: used.map((rule) => descriptor(rule, overdue.has(rule.id))),
          },
        },
        automationDetails: { id: 'sf-conformance/settings/' },
        columnKind: 'utf16CodeUnits',
        properties: { rules: report.rules },
        results: shown.map((finding) => result(finding, used, fallback)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

type SarifFinding = SettingsReportFinding & { readonly verdict: keyof typeof LEVELS };

function isSarifFinding(finding: SettingsReportFinding): finding is SarifFinding {
  return Object.hasOwn(LEVELS, finding.verdict);
}

function descriptor(rule: SettingsRule, overdue: boolean): object {
  const severity = rule.level === 'MUST' ? (overdue ? '9.1' : '7.5') : rule.level === 'SHOULD' ? '4.5' : '1.0';
  return {
    id: rule.id,
    name: rule.id.replaceAll('-', ''),
    shortDescription: { text: rule.failure },
    fullDescription: { text: `${rule.title}. ${rule.why}` },
    help: { text: `${rule.remedy} (${rule.references.join('; ')})` },
    defaultConfiguration: { level: rule.level === 'MUST' ? 'error' : rule.level === 'SHOULD' ? 'warning' : 'note' },
    properties: {
      tags: ['security', 'salesforce', ...rule.requirements],
      'security-severity': severity,
      precision: 'very-high',
    },
  };
}

function result(finding: SarifFinding, rules: readonly SettingsRule[], fallback: SarifFinding['place']): object {
  const place = finding.place ?? fallback;
  const write = finding.xml === undefined ? '' : ` Write: ${finding.xml}`;
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: LEVELS[finding.verdict],
    message: { text: `${finding.message} ${finding.diagnosis ?? ''}`.trim() + ` ${finding.remedy}${write}` },
    ...(place === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uri(place.file), uriBaseId: '%SRCROOT%' },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        }),
    partialFingerprints: {
      'settingsFinding/v1': createHash('sha256')
        .update([finding.rule, finding.app ?? '', place?.file ?? ''].join('\0'))
        .digest('hex'),
    },
    properties: { verdict: finding.verdict, overdue: finding.overdue },
  };
}

/** Returns a relative path as a URI reference (RFC 3986 §4.2). */
function uri(file: string): string {
  return file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
