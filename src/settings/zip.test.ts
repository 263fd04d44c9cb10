import { describe, expect, it } from 'vitest';

import { connectedApp } from './fixtures/shapes.ts';
import { zipFile } from './fixtures/zip-file.ts';
import { readZip } from './zip.ts';

describe('readZip', () => {
  it.each([
    ['declares its size', undefined],
    ['lies about its size', 500],
  ])('takes nothing out of a bomb that %s, and reads what is beside it', async (_, claimed) => {
    const bomb = {
      name: 'A.connectedApp',
      content: Buffer.alloc(60_000_000, 0x20),
      ...(claimed === undefined ? {} : { claimed }),
    };
    const { files, problems } = await readZip(
      'app.zip',
      zipFile([bomb, { name: 'B.connectedApp', content: connectedApp(null) }]),
    );
    expect(files.map(({ path }) => path)).toEqual(['app.zip!/B.connectedApp']);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'archive', place: { file: 'app.zip!/A.connectedApp', line: 1, column: 1 } }),
    ]);
  });

  it('stops inflating when all entries together are too much', async () => {
    const content = Buffer.alloc(1_000_000, 0x20);
    const entries = Array.from({ length: 80 }, (_, index) => ({ name: `A${String(index)}.connectedApp`, content }));
    const { files, problems } = await readZip('app.zip', zipFile(entries));
    expect(files).toHaveLength(16);
    expect(problems).toHaveLength(64);
  });

  it('takes no entry whose content is another than its checksum says', async () => {
    const bytes = zipFile([{ name: 'A.connectedApp', content: connectedApp(null) }]);
    const central = bytes.lastIndexOf('PK\u0001\u0002');
    bytes.writeUInt32LE(bytes.readUInt32LE(central + 16) ^ 1, central + 16);
    const { files, problems } = await readZip('app.zip', bytes);
    expect([files, problems[0]?.code]).toEqual([[], 'archive']);
  });

  it('stops at 5,000 files, and says so', async () => {
    const names = Array.from({ length: 5_002 }, (_, index) => `A${String(index)}.connectedApp`);
    const { files, problems } = await readZip('app.zip', zipFile(names.map((name) => ({ name, content: '<a/>' }))));
    expect(files).toHaveLength(5_000);
    expect(problems).toEqual([expect.objectContaining({ code: 'too-many' })]);
  });

  it('passes over what is no metadata and what macOS adds', async () => {
    const content = connectedApp(null);
    const names = ['x.txt', 'nested.zip', '__MACOSX/A.connectedApp', 'c/._A.connectedApp', 'c/A.connectedApp'];
    const { files, problems } = await readZip('app.zip', zipFile(names.map((name) => ({ name, content }))));
    expect(files.map(({ path }) => path)).toEqual(['app.zip!/c/A.connectedApp']);
    expect(problems).toEqual([]);
  });

  it('takes the version of the nearest project, and prefers the project to the manifest', async () => {
    const { files } = await readZip(
      'app.zip',
      zipFile([
        { name: 'sfdx-project.json', content: '{"sourceApiVersion":"61.0"}' },
        {
          name: 'package.xml',
          content: '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>50.0</version></Package>',
        },
        { name: 'old/sfdx-project.json', content: '{"sourceApiVersion":"58.0"}' },
        { name: 'a/b/A.connectedApp', content: connectedApp(null) },
        { name: 'old/b/B.connectedApp', content: connectedApp(null) },
      ]),
    );
    expect(files.map(({ apiVersion }) => apiVersion)).toEqual([61, 58]);
  });
});
