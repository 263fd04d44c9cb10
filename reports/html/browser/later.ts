/** Builds the parts of the page that are embedded as data (written by `reports/html/later.ts`). Elements are created one by one and text
 * is set as text, so client input cannot become markup. */
import { byId } from './dom.ts';

type Child = string | number;
type Attributes = Readonly<Record<string, string>>;
type PackedElement = readonly [tagAndClass: string, ...(Attributes | Child)[]];

interface Packed {
  readonly elements: readonly PackedElement[];
  readonly parts: Readonly<Record<string, readonly Child[]>>;
}

const SVG = 'http://www.w3.org/2000/svg';
const { elements, parts } = JSON.parse(byId('later').textContent) as Packed;

/** Builds the parts directly inside an opened element; parts inside folded elements are built when those are opened. */
export function fill(details: Element): void {
  for (const place of details.querySelectorAll<HTMLElement>('.later')) {
    if (place.parentElement?.closest('details') === details) build(place);
  }
}

/** Builds everything inside an element, folded or not. */
export function fillAll(root: Element): void {
  for (let place = next(root); place !== null; place = next(root)) build(place);
}

/** Returns the element with this id and builds the parts that contain it; null when the page has no such element. */
export function reveal(id: string): HTMLElement | null {
  const found = document.getElementById(id);
  if (found !== null) return found;
  const name = Object.keys(parts).find((part) => holds(parts[part] ?? [], 'id', id));
  return name === undefined || !revealPart(name) ? null : document.getElementById(id);
}

/** Returns the text of a part without the parts nested in it. */
export function textOfPart(name: string): string {
  return (parts[name] ?? []).map(textUnder).join('');
}

const next = (root: Element): HTMLElement | null => root.querySelector<HTMLElement>('.later');

function build(place: HTMLElement): void {
  const { later = '' } = place.dataset;
  place.classList.replace('later', 'body');
  place.replaceChildren(...(parts[later] ?? []).map((child) => nodeOf(child, false)));
}

/** Builds a part, and first the part that contains its placeholder. */
function revealPart(name: string): boolean {
  const place = (): HTMLElement | null => document.querySelector(`.later[data-later="${CSS.escape(name)}"]`);
  if (place() === null) {
    const outer = Object.keys(parts).find((part) => holds(parts[part] ?? [], 'data-later', name));
    if (outer === undefined || !revealPart(outer)) return false;
  }
  const found = place();
  if (found !== null) build(found);
  return found !== null;
}

function nodeOf(child: Child, svg: boolean): Node {
  if (typeof child === 'string') return document.createTextNode(child);
  const { tag, names, attributes, children } = unpacked(child);
  const drawn = svg || tag === 'svg';
  const element = drawn ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (names !== '') element.setAttribute('class', names);
  for (const [name, value] of Object.entries(attributes)) if (!name.startsWith('on')) element.setAttribute(name, value);
  element.append(...children.map((one) => nodeOf(one, drawn)));
  return element;
}

interface Unpacked {
  readonly tag: string;
  readonly names: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}

function unpacked(number: number): Unpacked {
  const [tagAndClass, ...rest] = elements[number] ?? ['span'];
  const [tag = 'span', ...names] = tagAndClass.split('.');
  const [first] = rest;
  const attributes = typeof first === 'object' ? first : {};
  const children = rest.filter((child) => typeof child !== 'object');
  return { tag, names: names.join('.'), attributes, children };
}

/** Returns whether an element of the tree has an attribute with this value. */
function holds(children: readonly Child[], name: string, value: string): boolean {
  return children.some((child) => {
    if (typeof child === 'string') return false;
    const { attributes, children: rest } = unpacked(child);
    return attributes[name] === value || holds(rest, name, value);
  });
}

function textUnder(child: Child): string {
  if (typeof child === 'string') return child;
  return ` ${unpacked(child).children.map(textUnder).join('')}`;
}
