/** Reads the settings from an earlier report: the JSON of `check-settings`, or the folder of a run. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

import { oneLine } from '../../reports/text/printable.ts';
import { switchState, type SwitchHolder } from '../../suites/settings/rule-switch.ts';
import type { BaselineApp, SettingsBaseline, UnreadPart } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';

const MAX_REPORT_BYTES = 32 * 1_048_576;

const fact = z.object({ state: z.enum(['true', 'false', 'absent', 'unreadable', 'repeated']) });
const facts = z.object({
  today: z.iso.date(),
  apps: z
    .array(
      z.object({
        kind: z.enum(['connected-app', 'external-client-app']),
        name: z.string().max(1000),
        settingsElsewhere: z.object({}).optional(),
        oauth: z.array(z.object({ isPkceRequired: fact, isRefreshTokenRotationEnabled: fact })).max(100),
      }),
    )
    .max(5000),
  problems: z
    .array(
      z.object({
        message: z.string().max(1000),
        app: z.string().max(1000).optional(),
        place: z.object({ file: z.string().max(5000) }),
      }),
    )
    .max(5000)
    .default([]),
});
const report = z.object({ settings: facts });
const event = z.object({ kind: z.literal('settings'), facts });

/** Reads the earlier state from a file or a run's folder.
 * @throws HarnessError `settings-baseline` when it does not exist or contains no settings. */
export async function readEarlierReport(path: string, cwd: string): Promise<SettingsBaseline> {
  const absolute = resolve(cwd, path);
  const shown = oneLine(basename(absolute), 120);
  const found = await read(absolute).catch((cause: unknown) => {
    throw trouble(path, cause);
  });
  if (found === undefined) throw trouble(path);
  return {
    source: `the report ${shown}`,
    at: found.today,
    apps: found.apps.map((app) => asBaseline(app)),
    unread: found.problems.map((problem) => asUnread(problem)),
  };
}

/** Returns the part of an app that a later state is compared with. */
export function asBaseline(app: SwitchHolder & { readonly name: string }): BaselineApp {
  return {
    kind: app.kind,
    name: oneLine(app.name, 200),
    isPkceRequired: switchState(app, 'isPkceRequired'),
    isRefreshTokenRotationEnabled: switchState(app, 'isRefreshTokenRotationEnabled'),
  };
}

/** Returns the part of an unreadable file that a later state is compared with. */
export function asUnread({
  message,
  place,
  app,
}: {
  readonly message: string;
  readonly place: { readonly file: string };
  readonly app?: string | undefined;
}): UnreadPart {
  const what = `of ${oneLine(place.file, 400)} could not be read (${oneLine(message, 300).replace(/\.$/, '')})`;
  return app === undefined ? { what } : { what, app: oneLine(app, 200) };
}

async function read(absolute: string): Promise<z.infer<typeof facts> | undefined> {
  const about = await stat(absolute);
  if (about.isDirectory()) return fromHistory(join(absolute, 'history.jsonl'));
  if (about.size > MAX_REPORT_BYTES) return undefined;
  const own = report.safeParse(JSON.parse(await readFile(absolute, 'utf8')));
  if (own.success) return own.data.settings;
  // The report of a run has verdicts; the facts are in the history beside it.
  const history = join(dirname(absolute), 'history.jsonl');
  return basename(absolute) === 'report.json' ? await fromHistory(history) : undefined;
}

async function fromHistory(file: string): Promise<z.infer<typeof facts> | undefined> {
  let found: z.infer<typeof facts> | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.includes('"kind":"settings"')) found = event.parse(JSON.parse(line)).facts;
  }
  return found;
}

function trouble(path: string, cause?: unknown): HarnessError {
  return new HarnessError(
    'settings-baseline',
    `"${oneLine(path, 200)}" holds no earlier settings.`,
    'Name a report that check-settings wrote with --format json, or the folder of a run whose configuration names metadata.',
    { cause },
  );
}
