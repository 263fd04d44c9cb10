/** The adapter protocol (contract, section 4): JSON lines, any number of requests open at once. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Emit, Request, Verbs } from './verbs.ts';

/** Answers requests until the input ends. What is no request is ignored. */
export async function serve(verbs: Verbs, input: Readable, output: Writable): Promise<void> {
  const write: Emit = (line) => {
    output.write(`${JSON.stringify(line)}\n`);
  };
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const request = parse(line);
    if (request !== undefined) void answer(request, verbs, write);
  }
}

async function answer(request: Request, verbs: Verbs, write: Emit): Promise<void> {
  const verb = new Map(Object.entries(verbs)).get(request.do);
  if (verb === undefined) {
    write({ id: request.id, unsupported: true });
    return;
  }
  try {
    write({ id: request.id, ...(await verb(request, write)) });
  } catch (cause) {
    write({ id: request.id, ok: false, error: cause instanceof Error ? cause.message : 'it failed' });
  }
}

function parse(line: string): Request | undefined {
  try {
    const value = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    const id = value?.['id'];
    const verb = value?.['do'];
    const url = value?.['url'];
    if ((typeof id !== 'number' && typeof id !== 'string') || typeof verb !== 'string') return undefined;
    return { id, do: verb, ...(typeof url === 'string' ? { url } : {}) };
  } catch {
    return undefined;
  }
}
