/** Every key of the configuration, from its JSON Schema. Pure. */
import { configJsonSchema } from './config-schema.ts';
import { table } from './markdown.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
}

/** Markdown: a table for the sections, and one for each driver. */
export function configTables(): readonly string[] {
  const { properties = {} } = configJsonSchema() as Node;
  const { driver, $schema: _schema, ...sections } = properties;
  const drivers = driver?.oneOf ?? driver?.anyOf ?? [];
  return [
    ...table(HEAD, rows(sections, '')),
    ...drivers.flatMap((one) => {
      const { type, ...keys } = one.properties ?? {};
      const name = String(type?.const);
      const own = rows(keys, '', one.required);
      return [
        '',
        `\`"driver": {"type": "${name}", …}\``,
        '',
        ...(own.length === 0 ? ['Has no further keys.'] : table(HEAD, own)),
      ];
    }),
  ];
}

const HEAD = ['key', 'value', 'default', 'meaning'] as const;

function rows(
  properties: Readonly<Record<string, Node>>,
  prefix: string,
  required: readonly string[] = [],
): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    const key = `${prefix}${name}`;
    // The keys of the driver itself, once more.
    if (name === 'previous') return [[`\`${key}\``, 'object', '', node.description ?? '']];
    if (node.properties !== undefined && node.anyOf === undefined)
      return rows(node.properties, `${key}.`, node.required);
    const fallback = node.default === undefined ? (required.includes(name) ? 'required' : '') : code(node.default);
    return [[`\`${key}\``, kindOf(node), fallback, node.description ?? '']];
  });
}

function kindOf(node: Node): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return [...new Set(alternatives.map(kindOf))].join(' or ');
  if (node.type === 'array') return `list of ${node.items === undefined ? 'values' : kindOf(node.items)}`;
  const bounds = [
    node.minimum === undefined || node.minimum < -1e9 ? '' : `from ${String(node.minimum)}`,
    node.maximum === undefined || node.maximum > 2e9 ? '' : `to ${String(node.maximum)}`,
  ].filter((part) => part !== '');
  const name = { string: 'text', integer: 'whole number', boolean: 'true or false', object: 'object' }[
    String(node.type)
  ];
  return [name ?? String(node.type ?? 'any'), ...bounds].join(' ');
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
