/** Grades one switch of one kind of app: written out, left out, or in the wrong place. Only an explicit `true` in the right place passes. */
import type { AppKind, OauthSettings, SettingsApp, SettingsFacts } from '../../src/history/settings.ts';
import { appWords, homeWords, RETRIEVE_WITH, RTR, switchXml, type RuleSwitchInfo } from './rule-switch.ts';
import { AS_DEPLOYED, isPlaceholder } from './placeholder.ts';
import type { SettingsFinding } from './rule.ts';
import { isShownByAnother, retrieveWhole } from './settings-elsewhere.ts';

type Grade = (facts: SettingsFacts) => readonly SettingsFinding[];

/** Returns the finding for a switch that is set to true or false. */
export function written(kind: AppKind, info: RuleSwitchInfo): Grade {
  return ({ apps }) =>
    each(apps, kind, (app, oauth) => {
      const { state, place } = oauth[info.name];
      const about = { app: app.name, place };
      if (state === 'true') {
        return [{ ...about, verdict: 'pass', message: `${appWords(app)}: ${info.name} is true.` }];
      }
      if (state !== 'false') return [];
      return [
        {
          ...about,
          verdict: 'fail',
          message: `${appWords(app)}: ${info.name} is false, so ${info.off}; it must be true.`,
          xml: switchXml(info.name),
        },
      ];
    });
}

/** Returns the finding for an absent switch. Its meaning depends on the kind of app and on the API version that the files were retrieved
 * with. */
export function leftOut(kind: AppKind, info: RuleSwitchInfo): Grade {
  return (facts) => [
    ...facts.apps.filter((app) => app.kind === kind).flatMap((app) => elsewhere(app, facts.apps, info)),
    ...each(facts.apps, kind, (app, oauth) => {
      const { state, place } = oauth[info.name];
      if (state !== 'absent') return [];
      const about = { app: app.name, place };
      const xml = switchXml(info.name);
      const comment = oauth.commentedOut.find((one) => one.switch === info.name);
      const diagnosis =
        comment === undefined
          ? {}
          : { diagnosis: `It is in a comment in line ${String(comment.place.line)}, where it has no effect.` };
      const name = `${appWords(app)}: ${info.name}`;
      if (app.misplaced.some((one) => one.switch === info.name)) {
        const id = `SET-${kind === 'connected-app' ? 'CA' : 'ECA'}-${info.word}-3`;
        return [
          {
            ...about,
            xml,
            verdict: 'inconclusive',
            message: `${name} is in the wrong place; see ${id}.`,
            blockedBy: id,
          },
        ];
      }
      if (kind === 'connected-app') return [{ ...about, ...absentFromConnectedApp(name, oauth, info), ...diagnosis }];
      const isPkce = info.name === 'isPkceRequired';
      if (facts.strict && !isPkce) {
        return [
          {
            ...about,
            ...diagnosis,
            xml,
            verdict: 'fail',
            message: `${name} is not declared, and --strict requires it.`,
          },
        ];
      }
      return [
        {
          ...about,
          ...diagnosis,
          verdict: 'inconclusive',
          message: isPkce
            ? `${name} is not declared; the documented default is true, but only a written true shows it.`
            : `${name} is not declared, and its default is not documented.`,
          remedy: retrieveAgain('global OAuth settings of the app'),
        },
      ];
    }),
  ];
}

/** Returns the finding for a file that does not hold the app's settings and so shows nothing about the switch. */
function elsewhere(app: SettingsApp, apps: readonly SettingsApp[], info: RuleSwitchInfo): readonly SettingsFinding[] {
  const { settingsElsewhere } = app;
  if (settingsElsewhere === undefined || isShownByAnother(app, apps)) return [];
  const why =
    settingsElsewhere.reason === 'package-reference'
      ? 'the file is only a reference to a packaged app'
      : 'the file has an oauthPolicy and no oauthConfig';
  const message = `${appWords(app)}: ${why}, so it does not show whether ${info.name} is true.`;
  const remedy = retrieveWhole(settingsElsewhere);
  return [{ app: app.name, place: settingsElsewhere.place, verdict: 'inconclusive', message, remedy }];
}

/** Returns the findings for a Connected App without the switch: it was left out only when the file shows that it was retrieved with a
 * version that has the switch. */
function absentFromConnectedApp(
  name: string,
  oauth: OauthSettings,
  info: RuleSwitchInfo,
): Pick<SettingsFinding, 'verdict' | 'message' | 'remedy' | 'xml' | 'diagnosis'> {
  const neighbour = neighbourOf(oauth, info);
  if (neighbour !== undefined) {
    return {
      verdict: 'fail',
      message: `${name} is not declared, although the file has ${neighbour.name}, which came with API ${String(neighbour.since)}; so ${info.off}.`,
      xml: switchXml(info.name),
    };
  }
  const { apiVersion } = oauth;
  const hint =
    apiVersion !== undefined && apiVersion >= info.since
      ? `The project names API ${String(apiVersion)}, but a file keeps the fields of the version that it was retrieved with.`
      : undefined;
  return {
    ...(hint === undefined ? {} : { diagnosis: hint }),
    verdict: 'inconclusive',
    message: `${name} is not declared, and no other field shows that the file was retrieved with API ${String(info.since)}, the first version that has it, or newer.`,
    remedy: retrieveAgain('app'),
  };
}

function neighbourOf({ newestField, isRefreshTokenRotationEnabled }: OauthSettings, info: RuleSwitchInfo) {
  if (newestField !== undefined && newestField.since >= info.since) return newestField;
  const hasRotation = info !== RTR && isRefreshTokenRotationEnabled.state !== 'absent';
  return hasRotation ? RTR : undefined;
}

function retrieveAgain(what: string): string {
  return `Retrieve the ${what} again with API version ${String(RETRIEVE_WITH)} or newer, then grade again.`;
}

/** Returns the finding for a switch that is set where Salesforce does not read it. It never passes; next to a correct one it is a warning. */
export function misplaced(kind: AppKind, info: RuleSwitchInfo): Grade {
  return ({ apps }) =>
    apps
      .filter((app) => app.kind === kind)
      .flatMap((app) =>
        app.misplaced
          .filter((one) => one.switch === info.name)
          .map(({ place, path, reason }): SettingsFinding => {
            const right = app.oauth.length > 0 && app.oauth.every((oauth) => oauth[info.name].state === 'true');
            const why = {
              place: `${info.name} is not a field there`,
              namespace: 'it is in another namespace than metadata',
              spelling: `the element is called ${info.name}`,
            }[reason];
            return {
              app: app.name,
              place,
              verdict: right ? 'warn' : 'fail',
              message: `${appWords(app)}: ${path} has no effect, since ${why}.`,
              remedy: `Write it ${homeWords(kind)} and remove this one.`,
              xml: switchXml(info.name),
            };
          }),
      );
}

/** Returns the finding for a switch that is not a boolean, or occurs several times in the file. */
export function unreadable(info: RuleSwitchInfo): Grade {
  return ({ apps }) =>
    apps.flatMap((app) =>
      app.oauth.flatMap((oauth): readonly SettingsFinding[] => {
        const { state, place, text } = oauth[info.name];
        if (state !== 'unreadable' && state !== 'repeated') return [];
        const about = { app: app.name, place, verdict: 'inconclusive' } as const;
        const name = `${appWords(app)}: ${info.name}`;
        const value = text ?? '';
        if (state === 'unreadable' && value !== '' && isPlaceholder(value)) {
          const message = `${name} is "${value}", a placeholder that is filled in at deployment.`;
          return [{ ...about, message, remedy: AS_DEPLOYED }];
        }
        const seen =
          state === 'repeated'
            ? `is there ${text ?? 'several times'}, and which one counts is not known`
            : `is "${value}", which is neither true nor false`;
        return [{ ...about, message: `${name} ${seen}.`, xml: switchXml(info.name) }];
      }),
    );
}

function each(
  apps: readonly SettingsApp[],
  kind: AppKind,
  grade: (app: SettingsApp, oauth: OauthSettings) => readonly SettingsFinding[],
): readonly SettingsFinding[] {
  return apps.filter((app) => app.kind === kind).flatMap((app) => app.oauth.flatMap((oauth) => grade(app, oauth)));
}
