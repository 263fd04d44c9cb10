/** Collects the parts of a page that are built when they are opened. They are embedded as data: elements by number, equal ones once, so
 * that a long report stays small and loads fast. The page's script creates nodes from them and never parses markup. */
import type { VNode } from 'preact';

import { readable } from '../text/printable.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** A text, or the number of an element in `elements`. */
export type Child = string | number;
type Attributes = Readonly<Record<string, string>>;
/** An element: tag and class (`span.small muted`), attributes if there are any, children. */
export type PackedElement = readonly [string, ...(Attributes | Child)[]];

/** The JSON that the page embeds. */
export interface Packed {
  readonly elements: readonly PackedElement[];
  readonly parts: Readonly<Record<string, readonly Child[]>>;
}

/** Collects parts while a page is rendered; made by `createLater`. */
export interface Later {
  /** Stores a part under a unique name, and returns the placeholder that the script fills. */
  part(name: string, content: Html): VNode;
  /** Stores a text for the copy buttons. */
  text(name: string, text: string): void;
  /** Returns all parts as JSON that is safe inside a `<script>` element. */
  json(): string;
}

/** Creates an empty collection of parts. */
export function createLater(): Later {
  const elements: PackedElement[] = [];
  const numbers = new Map<string, number>();
  const parts: Record<string, readonly Child[]> = {};

  const pack = (node: unknown): readonly Child[] => {
    if (Array.isArray(node)) return merged(node.flatMap(pack));
    if (typeof node === 'string' || typeof node === 'number') return [readable(String(node))];
    if (!isElement(node)) return [];
    const { children, class: names, ...attributes } = node.props;
    if (typeof node.type !== 'string') return pack(children);
    const tag = typeof names === 'string' ? `${node.type}.${readable(names)}` : node.type;
    const element: PackedElement = [tag, ...packAttributes(attributes), ...pack(children)];
    const key = JSON.stringify(element);
    const number = numbers.get(key) ?? elements.push(element) - 1;
    numbers.set(key, number);
    return [number];
  };

  return {
    part(name, content) {
      parts[name] = pack(content);
      return markup`<div class="later" data-later=${name}></div>`;
    },
    text(name, text) {
      parts[name] = [readable(text)];
    },
    json: () => JSON.stringify({ elements, parts } satisfies Packed).replaceAll('<', String.raw`\u003c`),
  };
}

function isElement(node: unknown): node is VNode<Record<string, unknown> & { readonly children?: unknown }> {
  return typeof node === 'object' && node !== null && 'type' in node && 'props' in node;
}

/** Returns the attributes as a list of one element, or an empty list when there are none. */
function packAttributes(attributes: Readonly<Record<string, unknown>>): readonly Attributes[] {
  const kept = Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    value === true
      ? [[name, '']]
      : typeof value === 'string' || typeof value === 'number'
        ? [[name, readable(String(value))]]
        : [],
  );
  return kept.length === 0 ? [] : [Object.fromEntries(kept)];
}

/** Joins neighbouring texts, as an HTML document does. */
function merged(children: readonly Child[]): readonly Child[] {
  const list: Child[] = [];
  for (const child of children) {
    const last = list.at(-1);
    if (typeof child === 'string' && typeof last === 'string') list[list.length - 1] = last + child;
    else list.push(child);
  }
  return list;
}
