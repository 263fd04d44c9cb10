import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import {
  connectedApp,
  connectedAppReference,
  eca,
  ecaFiles,
  ecaOauthPolicy,
  globalOauth,
  NS,
  type Switches,
} from './fixtures/shapes.ts';

const limit = (value: string): string => `<isEnforceRefreshTokenTTL>${value}</isEnforceRefreshTokenTTL>`;
const ON: Switches = {
  pkce: 'true',
  rtr: 'true',
  secretOptional: 'false',
  secretOnRefresh: 'true',
  more: limit('true'),
};
const security = (ranges: string): string =>
  `<ExtlClntAppOauthSecuritySettings xmlns="${NS}">
    <externalClientApplication>Acme</externalClientApplication>
    <label>Acme</label>
${ranges}</ExtlClntAppOauthSecuritySettings>\n`;
const range = (start: string, end: string): string =>
  `    <tokenIpRanges><description>office</description><endIpAddress>${end}</endIpAddress><startIpAddress>${start}</startIpAddress></tokenIpRanges>\n`;
const POLICY =
  '<refreshTokenPolicyType>SpecificInactivity</refreshTokenPolicyType><refreshTokenValidityPeriod>30</refreshTokenValidityPeriod><refreshTokenValidityUnit>Days</refreshTokenValidityUnit>';

const plcy = (policy: string): string =>
  ecaOauthPolicy('Acme').replace('<refreshTokenPolicyType>SpecificLifetime</refreshTokenPolicyType>', policy);
const PLCY = 'force-app/extlClntAppOauthPolicies/Acme_oauthPlcy.ecaOauthPlcy-meta.xml';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (rules = 'sf-partner-2026-05') =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-12-01', rules });
const graded = async (rules?: string) => {
  const { exit, report } = await check(rules);
  const requirements = Object.fromEntries(report.requirements.map(({ id, verdict }) => [id, verdict]));
  return { exit, rules: report.rules, requirements, summary: report.summary };
};

describe('check-settings by the set of November 2026', () => {
  const app = (files: Readonly<Record<string, string>>) =>
    folder.write({ ...ecaFiles('force-app', 'Acme', ON), ...files });
  const whole = {
    [PLCY]: plcy(POLICY),
    'force-app/Acme.ecaOauthSecurity-meta.xml': security(range('203.0.113.7', '203.0.113.9')),
  };

  it('passes an app with all four controls', async () => {
    await app(whole);
    expect(await graded('sf-partner-2026-11')).toMatchObject({
      ...{ exit: 0, rules: 'sf-partner-2026-11', summary: expect.stringContaining('sf-partner-2026-11') as string },
      requirements: { 'SF-IDLE-TTL': 'pass', 'SF-IP-ALLOWLIST': 'pass', 'SF-RTR-ENABLED': 'pass' },
    });
  });

  it('fails one whose policy stayed infinite and whose list admits everything', async () => {
    await app({
      [PLCY]: plcy('<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>'),
      'force-app/Acme.ecaOauthSecurity-meta.xml': security(range('0.0.0.0', '255.255.255.255')),
    });
    expect(await graded('sf-partner-2026-11')).toMatchObject({
      exit: 1,
      requirements: { 'SF-IDLE-TTL': 'fail', 'SF-IP-ALLOWLIST': 'fail' },
    });
  });

  it('takes the worse of two files that org after org keeps', async () => {
    const infinite = plcy('<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>');
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      await rm(join(folder.root, 'force-app'), { recursive: true, force: true });
      await app({
        [PLCY]: plcy(POLICY),
        [`force-app/${first}/Acme.ecaOauthPlcy-meta.xml`]: plcy(POLICY),
        [`force-app/${second}/Acme.ecaOauthPlcy-meta.xml`]: infinite,
        [`force-app/${first}/Acme.ecaOauthSecurity-meta.xml`]: security(range('203.0.113.7', '203.0.113.9')),
        [`force-app/${second}/Acme.ecaOauthSecurity-meta.xml`]: security(''),
      });
      expect(await graded('sf-partner-2026-11')).toMatchObject({
        requirements: { 'SF-IDLE-TTL': 'fail', 'SF-IP-ALLOWLIST': 'fail' },
      });
    }
  });

  it('is open without the files that only retrieving brings', async () => {
    await app({});
    expect(await graded('sf-partner-2026-11')).toMatchObject({
      exit: 3,
      requirements: { 'SF-IDLE-TTL': 'inconclusive', 'SF-IP-ALLOWLIST': 'inconclusive' },
    });
  });

  it('reads the policy of a Connected App', async () => {
    await folder.write({ 'force-app/Acme.connectedApp-meta.xml': connectedApp(ON) });
    expect((await graded('sf-partner-2026-11')).requirements).toMatchObject({
      ...{ 'SF-IDLE-TTL': 'fail', 'SF-IP-ALLOWLIST': 'review' },
    });
    const limited = connectedApp(ON).replace('infinite', 'specific_inactivity:30:DAYS');
    await folder.write({ 'force-app/Acme.connectedApp-meta.xml': limited });
    expect((await graded('sf-partner-2026-11')).requirements).toMatchObject({ 'SF-IDLE-TTL': 'pass' });
  });

  it('asks for what the files do not show, and for no change that may be there already', async () => {
    const old = { ...ON, more: '' };
    const placeholder = { ...ON, more: limit('${LIMIT}') };
    const callback = globalOauth('Acme', ON).replace('https://app.example.com', '${APP_URL}');
    const FILES: readonly Readonly<Record<string, string>>[] = [
      { 'force-app/Acme.eca-meta.xml': eca() },
      { 'force-app/Acme.connectedApp-meta.xml': connectedAppReference('acme__Acme') },
      { 'force-app/Acme.connectedApp-meta.xml': connectedApp(old) },
      { 'force-app/Acme.connectedApp-meta.xml': connectedApp(placeholder) },
      ecaFiles('force-app', 'Acme', old),
      ecaFiles('force-app', 'Acme', placeholder),
      {
        ...ecaFiles('force-app', 'Acme', ON),
        'force-app/extlClntAppGlobalOauthSets/Acme_glbloauth.ecaGlblOauth-meta.xml': callback,
        'force-app/Acme.ecaOauthSecurity-meta.xml': security(''),
        [PLCY]: plcy(POLICY),
      },
    ];
    for (const files of FILES) {
      await rm(join(folder.root, 'force-app'), { recursive: true, force: true });
      await folder.write(files);
      const { findings } = (await check('sf-partner-2026-11')).report;
      const open = findings.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'review');
      expect(open.map(({ rule }) => rule)).toContainEqual(expect.stringMatching(/^SET-(?:TTL|IP)-/));
      for (const { message, remedy, xml } of open) {
        expect(remedy, message).toMatch(/^(?:Retrieve|Run|Name|Grade|Open|Compare)\b/);
        expect(xml, message).toBeUndefined();
      }
    }
  });

  it('says nothing of them by the set of May', async () => {
    await app({});
    const { exit, rules, requirements } = await graded();
    expect({ exit, rules }).toEqual({ exit: 0, rules: 'sf-partner-2026-05' });
    expect(Object.keys(requirements)).not.toContain('SF-IDLE-TTL');
  });

  it('refuses a set that there is not', async () => {
    await app({});
    await expect(graded('sf-partner-2030-01')).rejects.toMatchObject({ code: 'unknown-rules' });
  });
});
