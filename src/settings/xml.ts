/** Reads one XML document into a tree with positions. Strict, namespace-aware, and safe with hostile input: a document type declaration
 * ends the reading, so no entity is ever defined, and the parser accesses neither files nor network. Size, depth and number of elements
 * are bounded. */
import { SaxesParser } from 'saxes';

import { oneLine } from '../../reports/text/printable.ts';
import { agrees, decode } from './decode.ts';

/** An element with its position, lines and columns counted from 1. */
export interface XmlElement {
  /** Local name without prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  readonly column: number;
  /** Its own character data: with entities resolved and CDATA, without comments and child elements. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Whether `xsi:nil` is true. */
  readonly nil: boolean;
}

/** A comment with its position; a switch in it is reported as commented out. */
export interface XmlComment {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A document that was read completely. */
export interface XmlDocument {
  readonly root: XmlElement;
  readonly comments: readonly XmlComment[];
  /** Number of elements. */
  readonly elements: number;
}

/** The reason why a document could not be read, with its position. */
export interface XmlProblem {
  readonly code: 'malformed' | 'doctype' | 'encoding' | 'too-large';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The result of `readXml`. */
export type XmlReading = { readonly document: XmlDocument } | { readonly problem: XmlProblem };

/** Largest file in bytes, far above the some hundred lines of a metadata file. */
export const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 40;
const MAX_ELEMENTS = 20_000;
const MAX_ATTRIBUTES = 2_000;
/** Most comments that are kept: only a hint depends on them. */
const MAX_COMMENTS = 1_000;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

interface Growing {
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  readonly column: number;
  text: string;
  readonly children: Growing[];
  readonly nil: boolean;
}

/** Aborts the reading from inside a parser event. */
class Refusal extends Error {
  readonly problem: XmlProblem;
  constructor(problem: XmlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Parses XML. Never throws: an unreadable document is a problem with its position. */
export function readXml(bytes: Uint8Array): XmlReading {
  if (bytes.length > MAX_BYTES) return refused('too-large', `The file is larger than ${String(MAX_BYTES)} bytes.`);
  const decoded = decode(bytes);
  if ('problem' in decoded) return refused('encoding', decoded.problem);
  try {
    return { document: parse(decoded.text, decoded.encoding) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

function refused(code: XmlProblem['code'], message: string): XmlReading {
  return { problem: { code, message, line: 1, column: 1 } };
}

function parse(text: string, encoding: 'utf-8' | 'utf-16'): XmlDocument {
  const parser = new SaxesParser({ xmlns: true });
  const position = positions(text);
  const open: Growing[] = [];
  const comments: XmlComment[] = [];
  let root: Growing | undefined;
  let elements = 0;
  let attributes = 0;
  const startOf = (mark: string): { line: number; column: number } =>
    position(text.lastIndexOf(mark, parser.position - 1));
  const refuse = (code: XmlProblem['code'], message: string): never => {
    throw new Refusal({ code, message, line: parser.line, column: parser.column + 1 });
  };
  const addText = (part: string): void => {
    const top = open.at(-1);
    if (top !== undefined) top.text += part;
  };

  parser.on('error', (error) => {
    refuse('malformed', `Not well-formed XML: ${oneLine(error.message.replace(/^\d+:\d+: /, ''), 160)}`);
  });
  parser.on('xmldecl', ({ encoding: declared }) => {
    if (declared !== undefined && !agrees(declared, encoding, text)) {
      refuse('encoding', `It declares the encoding "${oneLine(declared, 40)}", and is not written in it.`);
    }
  });
  parser.on('doctype', () => {
    throw new Refusal({
      code: 'doctype',
      message: 'It has a document type declaration; Salesforce metadata has none, and its entities are not read.',
      ...startOf('<!DOCTYPE'),
    });
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) refuse('too-large', `It has more than ${String(MAX_ATTRIBUTES)} attributes.`);
  });
  const starts: { line: number; column: number }[] = [];
  parser.on('opentagstart', () => {
    elements += 1;
    if (elements > MAX_ELEMENTS) refuse('too-large', `It has more than ${String(MAX_ELEMENTS)} elements.`);
    if (starts.length >= MAX_DEPTH) refuse('too-large', `Its elements are nested deeper than ${String(MAX_DEPTH)}.`);
    starts.push(startOf('<'));
  });
  parser.on('opentag', (tag) => {
    const nil = Object.values(tag.attributes).some(
      ({ uri, local, value }) => uri === XSI && local === 'nil' && (value === 'true' || value === '1'),
    );
    const start = starts.at(-1) ?? { line: 1, column: 1 };
    const element: Growing = { name: tag.local, namespace: tag.uri, ...start, text: '', children: [], nil };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
    starts.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (comment) => {
    if (comments.length < MAX_COMMENTS) comments.push({ text: comment, ...startOf('<!--') });
  });
  parser.write(text).close();
  if (root === undefined) return refuse('malformed', 'Not well-formed XML: there is no element.');
  return { root, comments, elements };
}

/** Line and column of an offset, both from 1. A line ends at LF, CR LF or CR (XML 1.0 §2.11). */
function positions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(0, offset) - (starts[low] ?? 0) + 1 };
  };
}
