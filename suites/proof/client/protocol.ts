/** The adapter protocol (docs/contract.md, section 4): JSON lines, any number of requests open at once. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Emit, Request, Actions } from './actions.ts';

/** Answers requests until the input ends. What is no request is ignored. */
export async function serve(actions: Actions, input: Readable, output: Writable): Promise<void> {
  const write: Emit = (line) => {
    output.write(`${JSON.stringify(line)}\n`);
  };
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const request = parse(line);
    if (request !== undefined) void answer(request, actions, write);
  }
}

async function answer(request: Request, actions: Actions, write: Emit): Promise<void> {
  const action = new Map(Object.entries(actions)).get(request.do);
  if (action === undefined) {
    write({ id: request.id, unsupported: true });
    return;
  }
  try {
    write({ id: request.id, ...(await action(request, write)) });
  } catch (cause) {
    write({ id: request.id, ok: false, error: cause instanceof Error ? cause.message : 'it failed' });
  }
}

function parse(line: string): Request | undefined {
  try {
    const value = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    const id = value?.['id'];
    const action = value?.['do'];
    const url = value?.['url'];
    if ((typeof id !== 'number' && typeof id !== 'string') || typeof action !== 'string') return undefined;
    return { id, do: action, ...(typeof url === 'string' ? { url } : {}) };
  } catch {
    return undefined;
  }
}
