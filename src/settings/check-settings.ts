/** Implements the command `check-settings` without its flags: read, grade, render. */
import type { Attestations } from '../grade/attestation.ts';
import { name, version } from '../version.ts';
import { readSettings, type ReadSettingsOptions } from './read-settings.ts';
import { loadRules } from './rules.ts';
import type { RequirementSet } from '../../suites/requirements/set.ts';
import { findRequirementSet } from '../../suites/requirements/sets.ts';
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import { HarnessError } from '../errors.ts';
import { isInSet } from '../grade/rules.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import { settingsReport, type SettingsReport } from './settings-report.ts';
import { settingsSarif } from './sarif.ts';
import { settingsTable } from './table.ts';

/** Output format of `check-settings`. */
export type SettingsFormat = 'table' | 'json' | 'sarif';

/** Options of `checkSettings`. */
export interface CheckSettingsOptions extends Omit<ReadSettingsOptions, 'cwd' | 'today'> {
  /** Default: the working directory of the process. */
  readonly cwd?: string;
  /** `YYYY-MM-DD`, default today in UTC. */
  readonly today?: string;
  readonly attestations?: Attestations;
  /** Id of the requirement set. Default: `sf-partner-2026-05`. */
  readonly rules?: string;
  /** Default `table`. */
  readonly format?: SettingsFormat;
  readonly color?: boolean;
}

/** The result of `checkSettings`. */
export interface CheckedSettings {
  /** 0: all settings are on. 1: a failure. 3: no failure, but something cannot be determined. Wrong usage throws a HarnessError with exit
   * 2. */
  readonly exit: 0 | 1 | 3;
  readonly report: SettingsReport;
  /** Text for standard output, ending with a line break. */
  readonly output: string;
}

/** Grades the settings of the apps in `paths`.
 * @throws HarnessError with exit 2: a path, revision or report does not exist, or there is no metadata of an app.
 * @example const { exit, output } = await checkSettings({ paths: ['force-app'], since: 'v1.2.0' }); */
export async function checkSettings(options: CheckSettingsOptions): Promise<CheckedSettings> {
  const {
    cwd = process.cwd(),
    today = new Date().toISOString().slice(0, 10),
    format = 'table',
    attestations,
  } = options;
  const set = setOf(options.rules ?? DEFAULT_RULES);
  const rules = (await loadRules()).filter((rule) => isInSet(rule, set.id));
  const facts = await readSettings({ ...options, cwd, today });
  const report = settingsReport(facts, rules, {
    tool: { name, version },
    set,
    ...(attestations === undefined ? {} : { attestations }),
  });
  const render: Readonly<Record<SettingsFormat, () => string>> = {
    table: () => settingsTable(report, { color: options.color ?? false }),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
    sarif: () => settingsSarif(report, rules),
  };
  return { exit: report.exit, report, output: render[format]() };
}

function setOf(id: string): RequirementSet {
  const set = findRequirementSet(id);
  if (set !== undefined) return set;
  throw new HarnessError(
    'unknown-rules',
    `There is no requirement set "${id.slice(0, 60)}".`,
    `Known: ${ruleIds.join(', ')}.`,
  );
}
