/** Knows the keys of the configuration at each path, for messages about unknown keys. */
import { z } from 'zod';
import { nearest } from './nearest.ts';
import { configSchema } from './schema.ts';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly const?: unknown;
}

/** Returns the full path of the known key that is nearest to an unknown one: the same key at another path, else one beside it.
 * @param parent path of the object with the unknown key
 * @param value that object */
export function nearestKey(parent: readonly PropertyKey[], key: string, value: unknown): string | undefined {
  const root = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Node;
  const beside = parent.reduce<readonly Node[]>((nodes, step) => nodes.flatMap((node) => into(node, step)), [root]);
  const names = beside.flatMap((node) => alternatives(node)).filter((node) => fits(node, value));
  const siblings = [...new Set(names.flatMap((node) => keysOf(node)))];
  const near = nearest(key, siblings);
  if (near?.toLowerCase() === key.toLowerCase()) return dotted([...parent, near]);
  const elsewhere = allPaths(root, []).find((path) => path.at(-1) === key);
  if (elsewhere !== undefined) return dotted(elsewhere);
  return near === undefined ? undefined : dotted([...parent, near]);
}

/** Formats the path of a key: `app.redirectUris[0]`. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>((done, step) => {
    if (typeof step === 'number') return `${done}[${step}]`;
    const word = String(step).slice(0, 60);
    if (!/^[\w$-]+$/u.test(word)) return `${done}[${JSON.stringify(word)}]`;
    return done === '' ? word : `${done}.${word}`;
  }, '');
}

function keysOf(node: Node): readonly string[] {
  return node.propertyNames?.enum ?? Object.keys(node.properties ?? {});
}

function alternatives(node: Node): readonly Node[] {
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return inner.length === 0 ? [node] : inner.flatMap((one) => alternatives(one));
}

function into(node: Node, step: PropertyKey): readonly Node[] {
  return alternatives(node).flatMap((one) => {
    if (typeof step === 'number') return one.items === undefined ? [] : [one.items];
    const next = one.properties?.[String(step)];
    if (next !== undefined) return [next];
    return typeof one.additionalProperties === 'object' ? [one.additionalProperties] : [];
  });
}

/** Returns the alternative of a union whose `type` matches the value's. */
function fits(node: Node, value: unknown): boolean {
  const type = node.properties?.['type']?.const;
  if (type === undefined || typeof value !== 'object' || value === null || !('type' in value)) return true;
  return value.type === type;
}

function allPaths(node: Node, path: readonly string[]): readonly (readonly string[])[] {
  if (path[0] === 'driver' && path.length > 1) return [];
  return alternatives(node).flatMap((one) =>
    Object.entries(one.properties ?? {}).flatMap(([key, child]) => [
      [...path, key],
      ...allPaths(child, [...path, key]),
    ]),
  );
}
