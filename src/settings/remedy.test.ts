import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { checkSettings } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, ecaFiles, ecaOauthPolicy, NS, type Switches } from './fixtures/shapes.ts';
import type { SettingsReportFinding } from './settings-report.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const CA = 'force-app/connectedApps/Acme.connectedApp-meta.xml';
const PROJECT = { 'sfdx-project.json': '{"sourceApiVersion":"62.0"}' };
const TOKEN_EXCHANGE = '<isTokenExchangeEnabled>false</isTokenExchangeEnabled>';
const ROTATION = '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

/** Does what a person does who reads the finding: goes to its line and writes what it says. */
async function applied({ place, xml, rule }: SettingsReportFinding): Promise<void> {
  if (place === undefined || xml === undefined) throw new Error(`${rule} says not what to write where`);
  const text = await readFile(join(folder.root, place.file), 'utf8');
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  const before = lines.slice(0, place.line - 1).join('') + (lines[place.line - 1] ?? '').slice(0, place.column - 1);
  const rest = text.slice(before.length);
  const name = /^<(\w+)>/.exec(xml)?.[1] ?? '';
  const own = new RegExp(`^<${name}(?:/>|>[^]*?</${name}>)`).exec(rest)?.[0];
  const start = /^<[^>]*>/.exec(rest)?.[0] ?? '';
  const fixed = own === undefined ? start + xml + rest.slice(start.length) : xml + rest.slice(own.length);
  await folder.write({ [place.file]: before + fixed });
}

it.each<[string, Record<string, string>]>([
  ['both off', { [CA]: connectedApp({ ...ON, pkce: 'false', rtr: 'false' }) }],
  ['off, with CR LF', { [CA]: connectedApp({ ...ON, pkce: 'false' }).replaceAll('\n', '\r\n') }],
  ['off, with CR', { [CA]: connectedApp({ ...ON, pkce: 'false' }).replaceAll('\n', '\r') }],
  [
    'off, behind pictures in the same line',
    { [CA]: connectedApp({ ...ON, rtr: 'false' }).replaceAll('\n', ' <!--😀-->') },
  ],
  ['both left out', { ...PROJECT, [CA]: connectedApp({ more: TOKEN_EXCHANGE }) }],
  ['nothing in it', { [CA]: connectedApp({ ...ON, rtr: '' }) }],
  ['off, in an External Client App', ecaFiles('x', 'Acme', { ...ON, pkce: 'false', rtr: 'false' })],
])('what it says to write where makes the app pass: %s', async (_, files) => {
  await folder.write(files);
  const check = () => checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-06-01' });
  for (let round = 0; round < 3; round += 1) {
    const { exit, report } = await check();
    if (exit === 0) break;
    const [first] = report.findings;
    if (first !== undefined) await applied(first);
  }
  const { exit, report } = await check();
  expect(exit).toBe(0);
  expect(
    report.requirements.filter(({ id }) => /-(?:PKCE|RTR)-ENABLED/.test(id)).map(({ verdict }) => verdict),
  ).toEqual(['pass', 'pass']);
});

it.each<[string, Record<string, string>, RegExp]>([
  ['left out of an old file', { ...PROJECT, [CA]: connectedApp({}) }, /^Retrieve /],
  ['left out of an External Client App', ecaFiles('x', 'Acme', {}), /^Retrieve /],
  ['a placeholder', { [CA]: connectedApp({ ...ON, pkce: '${PKCE}' }) }, /^Grade the files as they are deployed/],
])('what the file does not show is to be looked up, not written: %s', async (_, files, remedy) => {
  await folder.write(files);
  const { report } = await checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-06-01' });
  const open = report.findings.filter(({ verdict }) => verdict === 'inconclusive');
  expect(open.length).toBeGreaterThan(0);
  for (const finding of open) {
    expect(finding.remedy).toMatch(remedy);
    expect(finding.remedy).not.toMatch(/\bwrite\b/i);
    expect(finding.xml).toBeUndefined();
  }
});

it.each<[string, Record<string, string>, string]>([
  ['oauthPolicy', { ...PROJECT, [CA]: connectedApp({ pkce: 'true' }, { policy: ROTATION }) }, 'inside oauthConfig'],
  [
    'a policy file',
    { ...ecaFiles('x', 'Acme', { pkce: 'true' }), 'x/A.ecaOauthPlcy-meta.xml': ecaOauthPolicy('Acme', ROTATION) },
    'directly below the root of the .ecaGlblOauth file',
  ],
])('a switch in %s is to be taken away there and written where it belongs', async (_, files, where) => {
  await folder.write(files);
  const check = () => checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-06-01' });
  const { report } = await check();
  const [wrong] = report.findings;
  expect(wrong?.remedy).toContain(where);
  const missing = report.findings.find(({ rule, verdict }) => rule.endsWith('RTR-2') && verdict === 'inconclusive');
  const file = wrong?.place?.file ?? '';
  await folder.write({ [file]: (await readFile(join(folder.root, file), 'utf8')).replace(ROTATION, '') });
  await applied(missing!);
  expect((await check()).exit).toBe(0);
});

it('what asks for nothing does not say what to do', async () => {
  await folder.write({
    ...ecaFiles('x', 'Acme', ON),
    'x/Acme.ecaPlcy-meta.xml': `<ExtlClntAppConfigurablePolicies xmlns="${NS}"><externalClientApplication>Acme</externalClientApplication><isOauthPluginEnabled>false</isOauthPluginEnabled></ExtlClntAppConfigurablePolicies>`,
    'y/Local.connectedApp-meta.xml': connectedApp(ON).replace('https://app.example.com/callback', 'acme://callback'),
  });
  const options = { paths: ['.'], cwd: folder.root, today: '2026-06-01', rules: 'sf-partner-2026-11' };
  const { report } = await checkSettings(options);
  const quiet = report.findings.filter(
    ({ verdict, level }) => verdict === 'pass' || (verdict === 'info' && level !== 'INFO'),
  );
  expect(quiet.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['SET-ECA-SRC-2', 'SET-IP-1', 'SET-DATE-1']));
  for (const { rule, remedy } of quiet) expect(remedy, rule).toBe('Nothing to change.');
});
