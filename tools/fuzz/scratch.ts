/** A folder that targets write what they are handed into. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Scratch {
  readonly path: string;
  /** Writes a file into it; returns its path. */
  put(name: string, content: string | Uint8Array): string;
  /** Takes everything out of it. */
  empty(): void;
  close(): Promise<void>;
}

export function scratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const clear = () => {
    rmSync(path, { recursive: true, force: true });
  };
  return {
    path,
    put(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    empty() {
      clear();
      mkdirSync(path);
    },
    close: async () => {
      clear();
    },
  };
}
