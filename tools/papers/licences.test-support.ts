/** The page of licences, from the lock file: what is installed with the published package, and what this repository is built with. Pure. */

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/** `packages` of a package-lock.json, by folder. */
export type Lock = Readonly<Record<string, Locked>>;

interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Licences that ask for no more than to be named. */
export const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'Unlicense',
  'MIT',
]);

/** Every package that is installed with ours (`dev` false) or to build and test it (`dev` true), each version once. */
export function dependencies(lock: Lock, dev: boolean): readonly Dependency[] {
  const found = new Map<string, Dependency>();
  for (const [folder, { version, license = 'unknown', dev: isDev = false }] of Object.entries(lock)) {
    if (folder === '' || isDev !== dev) continue;
    const name = folder.split('node_modules/').at(-1) ?? '';
    found.set(`${name} ${version}`, { name, version, licence: license });
  }
  const order = ({ name, version }: Dependency) => `${name} ${version}`;
  return [...found.values()].sort((one, two) => (order(one) < order(two) ? -1 : 1));
}

/** Whether one of the licences that a package offers is permissive: `(MIT OR CC0-1.0)`. */
export const isPermissive = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/u, '$1')
    .split(' OR ')
    .some((one) => PERMISSIVE.has(one));

/** `docs/licences.md`. */
export function licencesPage(lock: Lock): string {
  const row = ({ name, version, licence }: Dependency) => `- ${name} ${version}: ${licence}`;
  const counts = Map.groupBy(dependencies(lock, true), ({ licence }) => licence);
  const built = [...counts].sort(([one], [two]) => (one < two ? -1 : 1));
  return [
    '# Licences',
    '',
    'sf-conformance is Apache-2.0 (see LICENSE). This page is made from the lock file by `npm run docs`; a test keeps it fresh',
    'and fails when a package that is installed with ours has a licence that asks for more than to be named.',
    '',
    '## Installed with the package',
    '',
    ...dependencies(lock, false).map(row),
    '',
    '## Used to build and test it, not published',
    '',
    ...built.map(([licence, all]) => `- ${licence}: ${all.map(({ name }) => name).join(', ')}`),
    '',
  ].join('\n');
}
