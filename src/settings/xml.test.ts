import { describe, expect, it } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';

import { MAX_BYTES, readXml, type XmlDocument, type XmlProblem } from './xml.ts';

const read = (text: string): XmlDocument => {
  const reading = readXml(Buffer.from(text));
  if ('problem' in reading) throw new Error(reading.problem.message);
  return reading.document;
};
const problemOf = (bytes: string | Uint8Array): XmlProblem => {
  const reading = readXml(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  if (!('problem' in reading)) throw new Error('It was read.');
  return reading.problem;
};

describe('readXml', () => {
  it('knows namespaces by name, not by prefix', () => {
    const { root } = read('<m:a xmlns:m="urn:x"><m:b/><c xmlns="urn:y"/></m:a>');
    expect([root.name, root.namespace]).toEqual(['a', 'urn:x']);
    expect(root.children.map(({ name, namespace }) => `${namespace} ${name}`)).toEqual(['urn:x b', 'urn:y c']);
  });

  it('joins text around comments, takes CDATA and character references, and leaves children out', () => {
    const { root } = read('<a>t<!-- no -->r<![CDATA[u]]>&#101;<b>inside</b></a>');
    expect(root.text).toBe('true');
  });

  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('counts lines that end with %s', (_, end) => {
    const { root } = read(`<?xml version="1.0"?>${end}<a>${end}  <b${end}    x="1"/>${end}</a>`);
    expect(root.children[0]).toMatchObject({ name: 'b', line: 3, column: 3 });
  });

  it('places elements that touch each other', () => {
    const { root, comments } = read('<a><b/><c></c><!--x--><!--y--></a>');
    expect([root, ...root.children, ...comments].map(({ column }) => column)).toEqual([1, 4, 8, 15, 23]);
  });

  it('reads UTF-8 and UTF-16 with a byte order mark', () => {
    const text = '<a>ä😀</a>';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(`\ufeff${text}`), little, Buffer.from(little).swap16()]) {
      const reading = readXml(bytes);
      expect('document' in reading && reading.document.root.text).toBe('ä😀');
    }
  });

  it.each([
    ['an unclosed element', '<a><b></a>', 'malformed'],
    ['nothing', '', 'malformed'],
    ['two roots', '<a/><b/>', 'malformed'],
    ['an undefined entity', '<a>&x;</a>', 'malformed'],
    ['an unbound prefix', '<x:a/>', 'malformed'],
    ['typographic quotes', '<a b=“c”/>', 'malformed'],
    ['text that is no XML', 'version https://git-lfs.github.com/spec/v1', 'malformed'],
    ['a NUL', '<a>\0</a>', 'malformed'],
    ['a document type', '\n<!DOCTYPE a><a/>', 'doctype'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'encoding'],
    ['Latin-1 that is not ASCII', '<?xml version="1.0" encoding="ISO-8859-1"?><a>ä</a>', 'encoding'],
  ])('refuses %s', (_, text, code) => {
    expect(problemOf(text).code).toBe(code);
  });

  it('says where', () => {
    expect(problemOf('<a>\n  <b>\n</a>')).toMatchObject({ line: 3 });
    expect(problemOf('\n<!DOCTYPE a><a/>')).toMatchObject({ line: 2, column: 1 });
    expect(problemOf(Buffer.from([0x3c, 0x61, 0x3e, 0xe4]))).toMatchObject({ code: 'encoding' });
  });
});

describe('hostile XML', () => {
  const lol = Array.from({ length: 12 }, (_, i) =>
    i === 0 ? '<!ENTITY l0 "lol">' : `<!ENTITY l${String(i)} "${`&l${String(i - 1)};`.repeat(10)}">`,
  ).join('');
  const big = 'A'.repeat(100_000);
  const attacks: readonly (readonly [string, string, string])[] = [
    ['a billion laughs', `<!DOCTYPE a [${lol}]><a>&l11;</a>`, 'doctype'],
    ['a quadratic blow-up', `<!DOCTYPE a [<!ENTITY b "${big}">]><a>${'&b;'.repeat(10_000)}</a>`, 'doctype'],
    ['a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['a URL', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', 'doctype'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]><a/>', 'doctype'],
    ['an open document type', `<!DOCTYPE a [${'<!ENTITY x "y">'.repeat(60_000)}`, 'malformed'],
    ['a deep nest', '<a>'.repeat(200_000), 'too-large'],
    ['a flood of elements', `<a>${'<b/>'.repeat(200_000)}</a>`, 'too-large'],
    [
      'a flood of attributes',
      `<a ${Array.from({ length: 90_000 }, (_, i) => `a${String(i)}=""`).join(' ')}/>`,
      'too-large',
    ],
    [
      'a flood of namespaces',
      `<a ${Array.from({ length: 30_000 }, (_, i) => `xmlns:n${String(i)}="u:${String(i)}"`).join(' ')}/>`,
      'too-large',
    ],
    ['an endless comment', `<a><!--${'-x'.repeat(400_000)}`, 'malformed'],
    ['an endless name', `<${'a'.repeat(1_000_000)}`, 'malformed'],
    ['too much', `<a>${' '.repeat(MAX_BYTES)}</a>`, 'too-large'],
  ];

  it.each(attacks)('%s is refused at once, without growing', async (_, text, code) => {
    const bytes = Buffer.from(text);
    const before = process.memoryUsage().heapUsed;
    const effort = await effortMs(() => {
      expect(problemOf(bytes).code).toBe(code);
    });
    expect(effort).toBeLessThan(2_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(160 * 1_048_576);
    expect(problemOf(bytes).message.length).toBeLessThan(400);
  });

  it('never puts a file into what it read or says', () => {
    const reading = readXml(Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'));
    expect(reading).toEqual({ problem: expect.objectContaining({ code: 'doctype' }) as XmlProblem });
  });
});
