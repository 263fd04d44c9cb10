import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import {
  connectedApp,
  connectedAppReference,
  eca,
  ecaFiles,
  ecaPolicy,
  globalOauth,
  type Switches,
} from './fixtures/shapes.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const CA = 'force-app/connectedApps/Acme.connectedApp-meta.xml';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });

describe('usage', () => {
  it('a path that is not there, and a folder without apps, are exit 2', async () => {
    await expect(check({ paths: ['nowhere'] })).rejects.toMatchObject({ code: 'settings-path', exit: 2 });
    await folder.write({
      'README.md': 'x',
      'settings/OauthOidc.settings-meta.xml': '<OauthOidcSettings xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    });
    await expect(check()).rejects.toMatchObject({ code: 'settings-none', exit: 2 });
  });

  it('does not follow links, nor enter what is no source', async () => {
    await folder.write({
      [CA]: connectedApp(ON),
      'node_modules/x/Bad.connectedApp-meta.xml': connectedApp({ pkce: 'false' }),
    });
    await mkdir(join(folder.root, 'outside'));
    await writeFile(join(folder.root, 'outside', 'Bad.connectedApp-meta.xml'), connectedApp({ pkce: 'false' }));
    await symlink(join(folder.root, 'outside'), join(folder.root, 'force-app', 'link'));
    await symlink(join(folder.root, 'force-app'), join(folder.root, 'force-app', 'loop'));
    await symlink(join(folder.root, CA), join(folder.root, 'force-app', 'Acme.connectedApp-meta.xml'));
    const { exit, report } = await check({ paths: ['force-app'] });
    expect({ exit, files: report.settings.files }).toEqual({ exit: 0, files: 1 });
  });

  it('reads a file once that two paths name', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    expect((await check({ paths: ['.', 'force-app', CA] })).report.settings.files).toBe(1);
  });
});

describe('the configuration of the client', () => {
  it('is compared with the app that has its client id, which is not kept', async () => {
    const clientId = `3MVG9${'k'.repeat(80)}`;
    const key = `<consumerKey>${clientId}</consumerKey>`;
    await folder.write({
      ...ecaFiles('a', 'Other', ON),
      ...ecaFiles('b', 'Mine', { ...ON, secretOptional: 'true', secretOnRefresh: 'false', more: key }),
    });
    const redirectUris = ['http://localhost:0/callback', 'https://elsewhere.example.com/callback'];
    const client = {
      kind: 'external-client-app',
      client: 'confidential',
      redirectUris,
      scopes: ['api', 'web'],
      clientId,
    } as const;
    const { report, output } = await check({ client, format: 'json' });
    const warned = report.findings.filter(({ rule, verdict }) => rule.startsWith('SET-CROSS') && verdict === 'warn');
    expect(warned.map(({ rule, app }) => `${rule} ${app ?? ''}`).sort()).toEqual([
      'SET-CROSS-CALLBACK Mine',
      'SET-CROSS-REFRESH Mine',
      'SET-CROSS-SCOPE Mine',
      'SET-CROSS-TYPE Mine',
    ]);
    expect(output).not.toContain(clientId);
  });
});

it('a consumer key that is filled in at deployment is not taken for another app', async () => {
  await folder.write({ [CA]: connectedApp({ ...ON, more: '<consumerKey>${SF_CONSUMER_KEY}</consumerKey>' }) });
  const client = {
    kind: 'connected-app',
    client: 'confidential',
    redirectUris: [],
    scopes: [],
    clientId: '3MVG9x',
  } as const;
  const { report } = await check({ client });
  expect(report.findings.find(({ rule }) => rule === 'SET-CROSS-APP')?.verdict).toBe('pass');
});

describe('what is written', () => {
  const SECRET = 'S3CR3T0123456789ABCDEF';

  it.each(['table', 'json', 'sarif'] as const)('%s has no secret, no key and no control characters', async (format) => {
    const hostile = `\u202eevil&#x9b;31m${'A'.repeat(5000)}`;
    const more = `<consumerSecret>${SECRET}</consumerSecret><consumerKey>3MVG9${SECRET}</consumerKey>`;
    await folder.write({
      'a/Acme\u001b[31m.connectedApp-meta.xml': connectedApp({ ...ON, pkce: hostile, more }),
      ...ecaFiles('b', 'Acme', ON),
      'b/X.ecaGlblOauth-meta.xml': globalOauth(hostile, { pkce: '&#x85;&#xa0;x' }),
    });
    const { output } = await check({ format });
    expect(output).not.toContain(SECRET);
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(output.length).toBeLessThan(200_000);
  });

  it.each([
    ['3MVG9abcdef0123', 1],
    ['${CONSUMER_SECRET}', 0],
    ['{{ secret }}', 0],
    ['@SECRET@', 0],
    ['%%SECRET%%', 0],
    ['*****', 0],
    ['REPLACE_ME', 0],
    ['YOUR_CONSUMER_SECRET', 0],
    ['&lt;secret&gt;', 0],
    ['changeme', 0],
    ['null', 0],
  ])('a consumer secret "%s" is a finding: %i', async (secret, findings) => {
    await folder.write({ [CA]: connectedApp({ ...ON, more: `<consumerSecret>${secret}</consumerSecret>` }) });
    const { report } = await check();
    expect(report.findings.filter((one) => one.rule === 'SET-SEC-1' && one.verdict === 'warn')).toHaveLength(findings);
  });

  it('says that all apps comply only of those that use OAuth', async () => {
    await folder.write({ [CA]: connectedApp(ON), 'b/Saml.connectedApp-meta.xml': connectedApp(null) });
    expect((await check()).report.summary).toContain('are on in every app that uses OAuth (2 apps');
  });

  it.each([
    ['a Connected App for SAML', { [CA]: connectedApp(null) }],
    [
      'an External Client App without OAuth',
      { 'x/A.eca-meta.xml': eca(), 'x/A.ecaPlcy-meta.xml': ecaPolicy('A', false) },
    ],
  ])('nothing to grade is not compliant, whatever else passed: %s', async (_, files) => {
    await folder.write(files);
    folder.commit('2025-11-01');
    const { report, exit } = await check();
    expect(exit).toBe(0);
    expect(report.verdict).toBe('not-applicable');
    expect(report.summary).toMatch(/^Nothing to grade/);
    expect(report.summary).not.toContain('Compliant');
  });

  it('a package reference says where the settings are', async () => {
    await folder.write({ [CA]: connectedAppReference('acme__Acme') });
    const { report, exit, output } = await check();
    expect([exit, report.verdict]).toEqual([3, 'inconclusive']);
    expect(output.replace(/\s+/g, ' ')).toMatch(/reference to a packaged app.*packaging org/);
    expect(report.findings.some(({ rule }) => rule === 'SET-NA-1')).toBe(false);
  });

  it('the table says what is on, what is wrong and where, what to write, and what to do after a reuse', async () => {
    await folder.write({ ...ecaFiles('force-app', 'Acme', { ...ON, rtr: 'false' }), 'x/Bare.eca-meta.xml': eca() });
    const { output, exit } = await check({ today: '2026-06-01' });
    expect(exit).toBe(1);
    for (const text of [
      'Acme  External Client App  true            false ',
      'Bare  External Client App  file not there  file not there ',
      'force-app/extlClntAppGlobalOauthSets/Acme_glbloauth.ecaGlblOauth-meta.xml:8',
      'Write: <isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>',
      'Failed, overdue',
      'SF-RTR-ENABLED',
      '1. Stop.',
      'Whom to inform: security@salesforce.com',
    ]) {
      expect(output.replace(/\n(?=\w)/g, ' ')).toContain(text);
    }
    expect(output.trimEnd().split('\n').at(-1)).toMatch(
      /^Not compliant: 1 required setting failed and 1 could not be determined/,
    );
  });

  it('what is blocked by another finding is not counted a second time', async () => {
    const policy = '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>';
    await folder.write({ [CA]: connectedApp({ pkce: 'true' }, { policy }) });
    const { report } = await check({ today: '2026-06-01' });
    expect(report.summary).toMatch(/^Not compliant: 1 required setting failed \(/);
    expect(report.findings.find(({ rule }) => rule === 'SET-DATE-1')?.message).not.toContain('could not be determined');
  });

  it('colours only when asked', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    expect((await check({ color: true })).output).toContain('\u001b[');
    expect((await check()).output).not.toContain('\u001b[');
  });

  it('attestations are shown as attested, and count as missing when they are over', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const given = { by: 'A. Person', at: '2026-01-01', proof: 'handbook, page 4', until: '2026-12-31' };
    const attestations = { 'SF-INCIDENT-REPORTING': given, 'SF-RTR-STORE': { ...given, until: '2026-02-01' } };
    const { report, output } = await check({ attestations });
    const verdicts = Object.fromEntries(report.requirements.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'SF-PKCE-ENABLED': 'pass',
      'SF-RTR-ENABLED': 'pass',
      'SF-INCIDENT-REPORTING': 'attested',
      'SF-RTR-STORE': 'review',
    });
    expect(output).toContain('by A. Person on 2026-01-01, holds until 2026-12-31; proof: handbook, page 4');
    expect(output).toContain('The attestation held until 2026-02-01');
  });

  it('SARIF names rule, level, file and line of each finding, and leaves out what passed', async () => {
    await folder.write({ ['force-app/My App.connectedApp-meta.xml']: connectedApp({ ...ON, pkce: 'false' }) });
    const log = JSON.parse((await check({ format: 'sarif' })).output) as {
      runs: [
        {
          results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[];
          tool: { driver: { rules: { id: string }[] } };
        },
      ];
    };
    const [{ results, tool }] = log.runs;
    expect(results[0]).toMatchObject({
      ruleId: 'SET-CA-PKCE-1',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'force-app/My%20App.connectedApp-meta.xml' },
            region: { startLine: 8, startColumn: 9 },
          },
        },
      ],
    });
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations).toHaveLength(1);
    }
    expect(results.map(({ ruleId }) => ruleId)).not.toContain('SET-CA-RTR-1');
  });
});
