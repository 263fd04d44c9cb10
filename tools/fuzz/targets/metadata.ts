/** Metadata of an app: XML in a folder, and zip files. */
import fc from 'fast-check';
import { checkSettings } from '../../../src/settings/check-settings.ts';
import { connectedApp, ecaFiles, globalOauth, project } from '../../../src/settings/fixtures/shapes.ts';
import { zipFile } from '../../../src/settings/fixtures/zip-file.ts';
import { readXml } from '../../../src/settings/xml.ts';
import { readZip } from '../../../src/settings/zip.ts';
import { mutated, text } from '../hostile.ts';
import { scratch } from '../scratch.ts';
import { must, target } from '../target.ts';
import { orHarnessError } from '../errors.ts';

const SWITCHES = { pkce: 'true', rtr: 'true' } as const;
const RIGHT = [connectedApp(SWITCHES), globalOauth('App', SWITCHES)];
const WORDS = [
  '<!DOCTYPE a [<!ENTITY b "bbbb">]>',
  '&b;',
  '&#xFFFF;',
  '&#0;',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.1" encoding="utf-7"?>',
  'xsi:nil="true"',
  'xmlns:x="',
  '<isPkceRequired>',
  '</isPkceRequired>',
  'true',
  'TRUE',
  ' ',
  '<!-- ',
  '-->',
  '<a '.repeat(50),
  '<a>'.repeat(50),
  'x="y" '.repeat(100),
  '\ufeff',
  '\u0000',
];

const xml = target<string>({
  name: 'metadata-xml',
  input: mutated(fc.constantFrom(...RIGHT), WORDS, 100_000),
  async open() {
    const folder = scratch();
    return {
      async check(content) {
        const read = readXml(Buffer.from(content));
        if ('problem' in read)
          must(
            read.problem.message !== '' && read.problem.line >= 1 && read.problem.column >= 1,
            'A problem without a place.',
          );
        folder.empty();
        folder.put('connectedApps/App.connectedApp-meta.xml', content);
        folder.put('sfdx-project.json', content);
        const outcome = await orHarnessError(() => checkSettings({ paths: ['.'], cwd: folder.path, strict: false }));
        must(JSON.stringify(outcome ?? '').length < 2_000_000, 'The report is larger than what it is of.');
      },
      close: () => folder.close(),
    };
  },
});

const entries = Object.entries(ecaFiles('unpackaged', 'App', SWITCHES)).map(([name, content]) => ({ name, content }));
const ARCHIVE = zipFile([...entries, { name: 'unpackaged/sfdx-project.json', content: project('67.0') }]).toString(
  'latin1',
);

const zip = target<string>({
  name: 'metadata-zip',
  input: fc.oneof(
    mutated(
      ARCHIVE,
      ['PK\u0001\u0002', 'PK\u0003\u0004', 'PK\u0005\u0006', '\u00ff\u00ff\u00ff\u00ff', '\0\0\0\0', '../', '/'],
      10_000,
    ),
    fc
      .array(
        fc.record({
          name: text(['../', 'a.connectedApp', '/etc/passwd', 'C:\\', 'sfdx-project.json'], 300),
          content: text(RIGHT, 2_000),
        }),
        { maxLength: 5 },
      )
      .map((list) =>
        zipFile(list.map(({ name, content }) => ({ name: name.toWellFormed(), content }))).toString('latin1'),
      ),
  ),
  async open() {
    return {
      async check(bytes) {
        const { files, problems } = await readZip('app.zip', Buffer.from(bytes, 'latin1'));
        for (const { path } of files)
          must(
            !/[\r\n\0]/u.test(path) && path.startsWith('app.zip!/'),
            `A file with the path ${JSON.stringify(path)}.`,
          );
        for (const { message, place } of problems)
          must(message !== '' && message.length < 400 && !/[\r\n]/u.test(place.file), 'A problem that is no sentence.');
      },
    };
  },
});

export const metadata = [xml, zip];
