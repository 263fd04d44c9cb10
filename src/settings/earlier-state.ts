/** Reads the state that today's settings are compared with: a git revision or an earlier report. */
import { resolve } from 'node:path';

import type { SettingsApp, SettingsBaseline } from '../history/settings.ts';
import { asBaseline, asUnread, readEarlierReport } from './earlier-report.ts';
import { settingsFacts } from './facts.ts';
import { shownFrom } from './folder.ts';
import { readRevision, type Revision } from './revision.ts';

/** The state to compare with: at most one of `since` and `baseline`. */
export interface EarlierStateOptions {
  readonly paths: readonly string[];
  readonly cwd: string;
  /** Git revision. */
  readonly since?: string;
  /** Earlier report or run folder. */
  readonly baseline?: string;
}

/** Reads the earlier state of today's apps; undefined when none was requested.
 * @throws HarnessError `settings-revision`, `settings-baseline`. */
export async function earlierState(
  { paths, cwd, since, baseline }: EarlierStateOptions,
  today: readonly SettingsApp[],
): Promise<SettingsBaseline | undefined> {
  if (since !== undefined) return fromRevision(await readRevision(paths, cwd, since), today, cwd);
  return baseline === undefined ? undefined : readEarlierReport(baseline, cwd);
}

/** Builds the earlier state from a revision. An app that was outside the paths then counts only if it is inside today: its files have
 * moved, for an External Client App possibly one by one. */
function fromRevision(
  { commit, at, source, moved, without }: Revision,
  today: readonly SettingsApp[],
  cwd: string,
): SettingsBaseline {
  const own = settingsFacts(source);
  const all = settingsFacts({ files: [...source.files, ...moved.files], problems: [] });
  const isKnown = (app: SettingsApp, among: readonly SettingsApp[]): boolean =>
    among.some((one) => one.kind === app.kind && isSameName(one.name, app.name));
  const complete = own.apps.filter(({ kind, oauth }) => kind === 'connected-app' || oauth.length > 0);
  const others = all.apps
    .filter((app) => !isKnown(app, complete))
    .filter((app) => isKnown(app, own.apps) || today.some(({ name }) => isSameName(name, app.name)));
  const movedProblems = settingsFacts(moved).problems.filter(
    ({ app }) => app === undefined || today.some(({ name }) => isSameName(name, app)),
  );
  return {
    source: `git ${commit.slice(0, 8)}`,
    at,
    apps: [...complete, ...others].map((app) => asBaseline(app)),
    unread: [
      ...[...own.problems, ...movedProblems].map((problem) => asUnread(problem)),
      ...without.map(({ path, reason }) => {
        const under = shownFrom(cwd)(resolve(cwd, path));
        return { what: `does not hold ${under}: ${reason}`, under };
      }),
    ],
  };
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
