import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { checkSettings } from './check-settings.ts';
import { corpus } from './fixtures/corpus.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';

const require = createRequire(import.meta.url);
/** OASIS SARIF 2.1.0 as Microsoft publishes it; of an earlier draft of JSON Schema. */
const {
  id: _id,
  $schema: _draft,
  ...schema
} = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>;
const validate = new Ajv({
  strict: false,
  validateFormats: false,
  validateSchema: false,
  allErrors: true,
  unicodeRegExp: false,
}).compile(schema);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
          },
        ];
      }[];
    },
  ];
}

let folder: ProjectFolder;
beforeAll(async () => {
  folder = await projectFolder();
});
afterAll(() => folder.remove());

it.each(corpus.map(({ name, files, paths = ['.'] }, index) => ({ name, files, paths, index })))(
  'is SARIF 2.1.0 by the schema of OASIS: $name',
  async ({ files, paths, index }) => {
    const root = `case-${String(index)}`;
    await folder.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text])));
    const { output } = await checkSettings({
      paths,
      cwd: `${folder.root}/${root}`,
      today: '2026-06-01',
      rules: 'sf-partner-2026-11',
      format: 'sarif',
    });
    const log = JSON.parse(output) as Log;
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const [{ tool, results }] = log.runs;
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      // A path that leads out of the repository, or none at all, would be annotated nowhere.
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^(?!\/|\.\.\/)./);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
  },
);

it('the schema refuses what is none', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});
