/** Compares developer names without regard to case, as Salesforce does. */
import type { AppKind } from '../../src/history/settings.ts';

/** The part of an app that distinguishes it from others. */
export interface AppName {
  readonly kind: AppKind;
  readonly name: string;
}

/** Returns whether both have the same name, regardless of case. */
export function isSameName(a: { readonly name: string }, b: { readonly name: string }): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase();
}

/** Returns whether both are the same kind of app with the same name. */
export function isSameApp(a: AppName, b: AppName): boolean {
  return a.kind === b.kind && isSameName(a, b);
}

/** Removes the namespace from a name: `ns__Acme` → `Acme`. A namespace has 1 to 15 characters and no two underscores in a row. */
export function withoutNamespace(name: string): string {
  return name.replace(/^[A-Za-z](?:_?[A-Za-z0-9]){0,14}__(?=.)/, '');
}

/** Returns the first app that differs from `app` only by a namespace that one of them has; undefined when there is none. */
export function namespaceTwin<T extends AppName>(app: AppName, apps: readonly T[]): T | undefined {
  return apps.find((other) => {
    const [own, others] = [withoutNamespace(app.name), withoutNamespace(other.name)];
    const hasOne = (own === app.name) !== (others === other.name);
    return other.kind === app.kind && hasOne && isSameName({ name: own }, { name: others });
  });
}
