/**
 * Parts of a page that are built when they are opened. They are embedded as data: elements by number, each kept once however often it
 * occurs, so that a long report is small and quick to load. The script makes nodes of them; nothing is ever parsed as markup.
 */
import type { VNode } from 'preact';

import { readable } from '../text/printable.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** A text, or the number of an element in `elements`. */
export type Child = string | number;
type Attributes = Readonly<Record<string, string>>;
/** Tag and class (`span.small muted`), the other attributes if there are any, children. */
export type PackedElement = readonly [string, ...(Attributes | Child)[]];

/** What the page embeds. */
export interface Packed {
  readonly elements: readonly PackedElement[];
  readonly parts: Readonly<Record<string, readonly Child[]>>;
}

export interface Later {
  /** Keeps a part under a name that is used once, and returns the element that the script fills with it. */
  part(name: string, content: Html): VNode;
  /** Keeps a text that the script copies. */
  text(name: string, text: string): void;
  /** Returns all parts as JSON that is safe inside a `<script>` element. */
  json(): string;
}

/** Opens an empty collection of parts. */
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

/** Returns a list of one or none. */
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

/** Neighbouring texts become one, as in a document. */
function merged(children: readonly Child[]): readonly Child[] {
  const list: Child[] = [];
  for (const child of children) {
    const last = list.at(-1);
    if (typeof child === 'string' && typeof last === 'string') list[list.length - 1] = last + child;
    else list.push(child);
  }
  return list;
}
