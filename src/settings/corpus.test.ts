import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';
import { checkSettings } from './check-settings.ts';
import { corpus } from './fixtures/corpus.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';

const EXITS = { fail: 1, inconclusive: 3, pass: 0, skip: 0 } as const;

describe('the corpus', () => {
  it('has no case twice', () => {
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  let folder: ProjectFolder;
  beforeAll(async () => {
    folder = await projectFolder();
  });
  afterAll(() => folder.remove());

  it.each(corpus.map((one, index) => ({ ...one, index })))(
    '$name',
    async ({ files, paths = ['.'], strict = false, pkce, rtr, findings, index }) => {
      const root = `case-${String(index)}`;
      await folder.write(
        Object.fromEntries(Object.entries(files).map(([path, content]) => [`${root}/${path}`, content])),
      );
      const before = process.memoryUsage().rss;
      const place = { paths, cwd: `${folder.root}/${root}`, today: '2026-04-01' };
      let checked: ReturnType<typeof checkSettings> | undefined;
      const effort = await effortMs(() => (checked = checkSettings({ ...place, strict })));
      expect(effort).toBeLessThan(5_000);
      const { report, exit } = await checked!;
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
      const verdict = (id: string): string | undefined => report.requirements.find((one) => one.id === id)?.verdict;
      expect({ pkce: verdict('SF-PKCE-ENABLED'), rtr: verdict('SF-RTR-ENABLED') }).toEqual({ pkce, rtr });
      const worst = [pkce, rtr].includes('fail')
        ? 'fail'
        : [pkce, rtr].includes('inconclusive')
          ? 'inconclusive'
          : 'pass';
      expect(exit).toBe(EXITS[worst]);
      const open = report.findings
        .filter((one) => one.verdict === 'fail' || one.verdict === 'inconclusive')
        .flatMap(({ rule, place }) => [rule, `${rule} ${place?.file ?? ''}:${String(place?.line ?? 0)}`]);
      for (const expected of findings ?? []) expect(open).toContain(expected);
      expect(JSON.stringify(report)).not.toMatch(/root:x:0/);
    },
  );
});
