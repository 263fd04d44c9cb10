/** Compares switches with an earlier state; the partner rule says: "After … is enabled, partners won't be permitted to disable." */
import type {
  BaselineApp,
  SettingsApp,
  SettingsBaseline,
  SettingsFacts,
  UnreadPart,
} from '../../src/history/settings.ts';
import { appWords, switchState, switchXml, type RuleSwitchInfo } from './rule-switch.ts';
import type { SettingsFinding } from './rule.ts';
import { isSameApp, isSameName } from './same-app.ts';

/** Most apps that one sentence names. */
const NAMED = 5;

/** Compares one switch with the earlier state. Apps are matched by kind and name, wherever their files are now. An earlier state that
 * cannot be read is reported and not taken for off; a switch that is on today needs no comparison. */
export function regression(info: RuleSwitchInfo): (facts: SettingsFacts) => readonly SettingsFinding[] {
  return ({ apps, baseline, deletions }) => {
    if (baseline === undefined) return [];
    return [
      ...baseline.apps.flatMap((before) => compared(before, { apps, deletions }, baseline, info)),
      ...(baseline.unread ?? []).flatMap((part) => unread(part, apps, baseline, info)),
    ];
  };
}

function compared(
  before: BaselineApp,
  { apps, deletions }: Pick<SettingsFacts, 'apps' | 'deletions'>,
  { source, unread: unreadParts = [] }: SettingsBaseline,
  info: RuleSwitchInfo,
): readonly SettingsFinding[] {
  const now = apps.filter((app) => isSameApp(app, before));
  switch (before[info.name]) {
    case 'true':
      return now.length === 0
        ? [gone(before, { apps, deletions }, source, info)]
        : now.map((app) => wasOn(app, source, info));
    case 'false':
    case 'absent':
      return [];
    default:
      return now
        .filter((app) => isOff(app, info) && !unreadParts.some((part) => concerns(part, app)))
        .map((app) => unknownBefore(app, before, source, info));
  }
}

function wasOn(app: SettingsApp, source: string, info: RuleSwitchInfo): SettingsFinding {
  const state = switchState(app, info.name);
  const about = { app: app.name, place: placeOf(app, info) };
  const was = `${appWords(app)}: ${info.name} was true in ${source}`;
  if (state === 'true') return { ...about, verdict: 'pass', message: `${was} and still is.` };
  if (state === 'false' || state === 'absent') {
    const now = state === 'false' ? 'false' : 'gone';
    const message = `${was} and is ${now} now; the partner rule forbids switching it off.`;
    return { ...about, verdict: 'fail', message, xml: switchXml(info.name) };
  }
  return { ...about, verdict: 'inconclusive', message: `${was}; what it is now cannot be read.` };
}

function unknownBefore(app: SettingsApp, before: BaselineApp, source: string, info: RuleSwitchInfo): SettingsFinding {
  const state = before[info.name];
  const why =
    state === 'repeated'
      ? `has ${info.name} more than once`
      : state === 'unreadable'
        ? `has ${info.name} with a value that is neither true nor false`
        : app.kind === 'external-client-app'
          ? 'has no .ecaGlblOauth file of it'
          : 'has only a file of it without its settings';
  return {
    app: app.name,
    place: placeOf(app, info),
    verdict: 'inconclusive',
    message: `${appWords(app)}: the earlier state (${source}) ${why}, so whether ${info.name} was true then is not known; now it is not.`,
    remedy: LOOK,
  };
}

const LOOK =
  'Check in the setup audit trail of the org whether it was on, or compare with a state that contains the settings.';

function gone(
  before: BaselineApp,
  { apps, deletions = [] }: Pick<SettingsFacts, 'apps' | 'deletions'>,
  source: string,
  info: RuleSwitchInfo,
): SettingsFinding {
  const had = `${appWords(before)} had ${info.name} true in ${source}`;
  const successor = apps.find((app) => app.kind === 'external-client-app' && isSameName(app, before));
  if (before.kind === 'connected-app' && successor !== undefined) {
    const about = { app: successor.name, place: placeOf(successor, info) };
    return switchState(successor, info.name) === 'true'
      ? { ...about, verdict: 'pass', message: `${had}; it was replaced by ${appWords(successor)}, where it is true.` }
      : {
          ...about,
          verdict: 'info',
          message: `${had}; it was replaced by ${appWords(successor)}, which is graded separately.`,
        };
  }
  const deletion = deletions.find((one) => isSameApp(one, before));
  if (deletion !== undefined) {
    const { place } = deletion;
    return { app: before.name, place, verdict: 'info', message: `${had}; ${place.file} deletes the app.` };
  }
  return {
    app: before.name,
    verdict: 'review',
    message: `${had}, and no file describes it now.`,
    remedy:
      'If its file was renamed or moved, grade it in the new place. If only the file is gone, check in the org whether the app still has the setting on.',
  };
}

/** Returns one finding for an unreadable part, when it may concern an app that is off now and has no other earlier state. */
function unread(
  part: UnreadPart,
  apps: readonly SettingsApp[],
  { source, apps: earlier }: SettingsBaseline,
  info: RuleSwitchInfo,
): readonly SettingsFinding[] {
  const concerned = apps.filter(
    (app) =>
      isOff(app, info) &&
      !earlier.some((before) => isSameName(before, app) && KNOWN.has(before[info.name])) &&
      concerns(part, app),
  );
  const [first] = concerned;
  if (first === undefined) return [];
  const named = concerned
    .slice(0, NAMED)
    .map((app) => appWords(app))
    .join(', ');
  const more = concerned.length > NAMED ? ` and ${String(concerned.length - NAMED)} more` : '';
  return [
    {
      app: first.name,
      place: placeOf(first, info),
      verdict: 'inconclusive',
      message: `${named}${more}: the earlier state (${source}) ${part.what}, so whether ${info.name} was true then is not known; now it is not.`,
      remedy: LOOK,
    },
  ];
}

/** States that a comparison can use. */
const KNOWN = new Set<string>(['true', 'false', 'absent']);

function concerns({ app: name, under }: UnreadPart, app: SettingsApp): boolean {
  return (name === undefined || isSameName(app, { name })) && (under === undefined || isUnder(app.place.file, under));
}

function isOff(app: SettingsApp, info: RuleSwitchInfo): boolean {
  const state = switchState(app, info.name);
  return state === 'false' || state === 'absent';
}

function isUnder(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`) || file.startsWith(`${folder}!/`);
}

function placeOf(app: SettingsApp, info: RuleSwitchInfo): SettingsFinding['place'] {
  return app.oauth[0]?.[info.name].place ?? app.place;
}
