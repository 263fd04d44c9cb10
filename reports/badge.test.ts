import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';

import type { Report, RunVerdict } from '../src/grade/report.ts';
import { format } from './badge.format.ts';
import { HOSTILE } from '../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';

interface Drawn {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
  readonly texts: readonly string[];
  readonly label: string;
}

/** What an XML parser sees. */
function draw(report: Report): Drawn {
  const elements: string[] = [];
  const attributes = new Set<string>();
  const texts: string[] = [];
  let label = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes: given }) => {
    elements.push(name);
    for (const one of Object.keys(given)) attributes.add(one);
    if (name === 'svg') label = given['aria-label'] ?? '';
  });
  parser.on('text', (text) => {
    if (text.trim() !== '') texts.push(text.trim());
  });
  parser.write(format.render({ report, history: [] }) as string).close();
  return { elements, attributes: [...attributes].sort(), texts, label };
}

const withVerdict = (verdict: RunVerdict, partial: boolean): Report => {
  const { report } = sampleRun();
  return { ...report, verdict, run: { ...report.run, partial } };
};

describe('badge.svg', () => {
  it.each([
    ['compliant', false, 'compliant · 23 Nov 2026'],
    ['non-compliant', false, 'not compliant · 23 Nov 2026'],
    ['inconclusive', true, 'inconclusive (partial) · 23 Nov 2026'],
  ] as const)('says %s, partial %s, and the day', (verdict, partial, said) => {
    const { texts, label } = draw(withVerdict(verdict, partial));
    expect(texts).toEqual([`Acme Sync, sf-partner-2026-05: ${said}`, 'sf-partner-2026-05', said]);
    expect(label).toBe(texts[0]);
  });

  it('has a colour for each verdict', () => {
    const fills = (['compliant', 'non-compliant', 'inconclusive'] as const).map(
      (verdict) =>
        /x="\d+" width="\d+" height="20" fill="(#\w+)"/.exec(
          format.render({ report: withVerdict(verdict, false), history: [] }) as string,
        )?.[1],
    );
    expect(new Set(fills).size).toBe(3);
    expect(fills).not.toContain(undefined);
  });

  it('holds nothing but its own elements and stays small, whatever the text', () => {
    const { report } = sampleRun();
    const own = draw(report);
    const check = (text: string): void => {
      const hostile = {
        ...report,
        app: { ...report.app, name: text },
        run: { ...report.run, startedAt: text },
      };
      const { elements, attributes } = draw(hostile);
      expect({ elements, attributes }).toEqual({ elements: own.elements, attributes: own.attributes });
      expect(Buffer.byteLength(format.render({ report: hostile, history: [] }) as string)).toBeLessThan(6_000);
    };
    for (const text of [...HOSTILE, '<'.repeat(500_000)]) check(text);
    const unit = fc.constantFrom(...Array.from('<>&"\'/=]\u0000\u001b\u202e\ud800 1-svg'));
    fc.assert(fc.property(fc.string({ unit }), check));
  });
});
