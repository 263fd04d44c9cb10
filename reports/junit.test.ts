import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';

import type { RenderInput } from './format.ts';
import { format } from './junit.format.ts';
import { HOSTILE, hostileRun } from '../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Strict: throws on anything that is not well-formed XML 1.0. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes, children: [], text: '' };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  });
  parser.on('text', (text) => {
    stack.at(-1)!.text += text;
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(xml).close();
  return root.children[0]!;
}

const render = (input: RenderInput): string => format.render(input) as string;

function agrees(element: Element): void {
  const cases = element.name === 'testsuite' ? element.children : element.children.flatMap((suite) => suite.children);
  const having = (name: string): string =>
    String(cases.filter((one) => one.children.some((child) => child.name === name)).length);
  expect(element.attributes).toMatchObject({
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  });
}

describe('junit.xml', () => {
  it('has one testcase a check, and counts that match the children', () => {
    const { report, history } = sampleRun();
    const root = parse(render({ report, history }));
    agrees(root);
    for (const suite of root.children) agrees(suite);
    const names = root.children.flatMap((suite) =>
      suite.children.map((one) => [
        suite.attributes['name'],
        one.attributes['classname'],
        one.attributes['name']?.split(' ')[0],
      ]),
    );
    expect(names.map(([, , id]) => id).sort()).toEqual(report.checks.map(({ id }) => id).sort());
    for (const [suite, classname] of names) expect(classname).toBe(suite);
  });

  it('distinguishes failed, never exercised, broken and skipped', () => {
    const cases = parse(render(sampleRun())).children.flatMap((suite) => suite.children);
    const result = (id: string): string[] =>
      cases
        .find((one) => one.attributes['name']!.startsWith(id))!
        .children.filter(({ name }) => name !== 'properties')
        .map(({ name, attributes }) => `${name} ${attributes['type'] ?? ''}`.trim());
    expect(result('PKCE-02')).toEqual(['failure fail']);
    expect(result('CA-10')).toEqual(['skipped']);
    expect(result('RES-05')).toEqual(['skipped']);
    expect(result('SOAK-01')).toEqual(['error error']);
    expect(result('CA-04')).toEqual(['skipped']);
    expect(result('HYG-04')).toEqual(['system-out']);
    expect(result('PKCE-01')).toEqual([]);
  });

  it('fails once for a cause: what it blocks is skipped, and says why', () => {
    const { report, history } = sampleRun();
    const freed = report.checks.map(({ blockedBy: _, ...check }) => check);
    const failures = (checks: RenderInput['report']['checks']): number =>
      Number(parse(render({ report: { ...report, checks }, history })).attributes['failures']);
    const blocked = report.checks.filter((check) => check.blockedBy !== undefined && check.level === 'MUST');
    expect(failures(freed) - failures(report.checks)).toBe(blocked.length);
    expect(blocked.length).toBeGreaterThan(0);
  });

  it('says how long the scenarios took that a check was judged in, and which file to open', () => {
    const { report, history } = sampleRun();
    const root = parse(render({ report, history }));
    const took = (ids: readonly string[]): string =>
      (
        report.scenarios.reduce((sum, { id, durationMs }) => sum + (ids.includes(id) ? durationMs : 0), 0) / 1000
      ).toFixed(3);
    for (const one of root.children.flatMap(({ children }) => children)) {
      const check = report.checks.find(({ id }) => one.attributes['name']!.startsWith(`${id} `))!;
      expect(one.attributes).toMatchObject({
        file: 'ci/conformance.config.json',
        time: took(check.scenarios.map(({ id }) => id)),
      });
    }
    expect(root.children.some(({ attributes }) => attributes['time'] !== '0.000')).toBe(true);
    expect(render({ report, history: history.slice(1) })).not.toContain(' file=');
  });

  it.each(HOSTILE)('stays well-formed, and the same tree, with %j', (text) => {
    const shape = ({ name, children }: Element): unknown => [name, children.map(shape)];
    expect(shape(parse(render(hostileRun(text))))).toEqual(shape(parse(render(hostileRun('harmless')))));
  });

  it('stays well-formed with any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...Array.from('<>&"\'\u0000\ud800]!-[')) }),
        ),
        (text) => {
          agrees(parse(render(hostileRun(text))));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stays small with half a megabyte of text', () => {
    expect(render(hostileRun('<'.repeat(500_000))).length).toBeLessThan(2_000_000);
  });
});
