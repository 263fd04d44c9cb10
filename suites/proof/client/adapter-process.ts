/** An adapter as a child process, for the tests: asks an action, waits for its answer, acts as the browser. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface AdapterProcess {
  ask(action: string, extra?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
  /** Resolves with the URL of the next `open` event. */
  opened(): Promise<string>;
  /** One login: opens the URL and delivers the callback, changed on the way when `change` is given. */
  login(change?: (callback: URL) => void): Promise<Readonly<Record<string, unknown>>>;
  /** Everything that it has written to standard output and standard error. */
  output(): string;
  /** Ends its input and resolves with its exit code. */
  end(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts `node FILE …` with the variables of the contract. */
export function startAdapter(command: readonly string[], variables: Readonly<Record<string, string>>): AdapterProcess {
  const { SF_CLIENT_SECRET: _, ...inherited } = process.env;
  const child = spawn(process.execPath, command, { env: { ...inherited, ...variables } });
  const answers = new Map<number, (answer: Readonly<Record<string, unknown>>) => void>();
  const urls: string[] = [];
  let wanted: ((url: string) => void) | undefined;
  let output = '';
  let id = 0;
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    const message = parse(line);
    if (message['event'] === 'open') {
      if (wanted === undefined) urls.push(String(message['url']));
      else wanted(String(message['url']));
      wanted = undefined;
    } else {
      answers.get(Number(message['id']))?.(message);
    }
  });
  const self: AdapterProcess = {
    ask: (action, extra = {}) => {
      id += 1;
      const mine = id;
      child.stdin.write(`${JSON.stringify({ id: mine, do: action, ...extra })}\n`);
      return new Promise((resolve, reject) => {
        answers.set(mine, resolve);
        void exited.then(() => {
          reject(new Error(`it ended before it answered: ${output}`));
        });
      });
    },
    opened: () => {
      const url = urls.shift();
      if (url !== undefined) return Promise.resolve(url);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
    login: async (change) => {
      const answer = self.ask('authorize');
      const sent = await fetch(await self.opened(), { redirect: 'manual' });
      const callback = new URL(sent.headers.get('location') ?? '');
      change?.(callback);
      await (await fetch(callback)).text();
      return answer;
    },
    output: () => output,
    end: () => {
      child.stdin.end();
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
  return self;
}

/** Anything that is no JSON object is no message. */
function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(line) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
