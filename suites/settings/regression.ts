/** A switch that was on must stay on: "After … is enabled, partners won't be permitted to disable." */
import type { SettingsFacts } from '../../src/history/settings.ts';
import { appWords, switchState, switchXml, type RuleSwitchInfo } from './rule-switch.ts';
import type { SettingsFinding } from './rule.ts';

/** Compares one switch with the earlier state; apps are matched by kind and name, wherever their files are now. */
export function regression(info: RuleSwitchInfo): (facts: SettingsFacts) => readonly SettingsFinding[] {
  return ({ apps, baseline }) =>
    (baseline?.apps ?? [])
      .filter((before) => before[info.name] === 'true')
      .flatMap((before): readonly SettingsFinding[] => {
        const source = baseline?.source ?? '';
        const now = apps.filter(
          (app) => app.kind === before.kind && app.name.toLowerCase() === before.name.toLowerCase(),
        );
        if (now.length === 0) {
          const message = `${appWords(before)} had ${info.name} true in ${source}, and no file speaks of it any more.`;
          const remedy =
            'If its file was renamed or moved, grade it where it is now. If only the file is gone, look in the org whether the app still has the switch on.';
          return [{ app: before.name, verdict: 'review', message, remedy }];
        }
        return now.map((app): SettingsFinding => {
          const state = switchState(app, info.name);
          const about = { app: app.name, place: app.oauth[0]?.[info.name].place ?? app.place };
          const was = `${appWords(app)}: ${info.name} was true in ${source}`;
          if (state === 'true') return { ...about, verdict: 'pass', message: `${was} and still is.` };
          if (state === 'false' || state === 'absent') {
            return {
              ...about,
              verdict: 'fail',
              message: `${was} and is ${state === 'false' ? 'false' : 'gone'} now; the partner rule forbids switching it off again.`,
              xml: switchXml(info.name),
            };
          }
          return { ...about, verdict: 'inconclusive', message: `${was}; what it is now cannot be read.` };
        });
      });
}
