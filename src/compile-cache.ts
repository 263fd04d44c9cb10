/** Node's own cache of compiled modules, in a folder of this user under the system's temporary one. */
import module from 'node:module';

/** Caches compiled modules from now on. Does nothing where Node cannot (before 22.8). */
export function keepCompiledCode(): void {
  (module as Partial<Pick<typeof module, 'enableCompileCache'>>).enableCompileCache?.();
}
