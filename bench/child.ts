/** Processes of the benchmark: each of them answers one question at a time over the channel that it was started with. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** Sends a question and resolves with the answer. @throws Error when the child says so, ends, or is not done in time. */
  ask<T>(question: object): Promise<T>;
  /** The first thing that the child says, unasked. */
  first<T>(): Promise<T>;
  stop(): Promise<void>;
}

/** Longer than the longest part. */
const DEADLINE_MS = 900_000;

/** @param file below `bench/` */
export function startChild(file: string, args: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [...args], {
    execArgv: ['--expose-gc', '--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(`${file} was not done in time.`)), DEADLINE_MS);
      const onExit = () => finish(new Error(`${file} ended before it had answered.`));
      const finish = (result: Error | object) => {
        clearTimeout(timer);
        child.off('exit', onExit);
        if (result instanceof Error) reject(result);
        else if ('error' in result) reject(new Error(`${file}: ${String(result.error)}`));
        else resolve(result as T);
      };
      child.once('exit', onExit).once('message', finish);
    });
  const first = answer<object>();
  first.catch(() => undefined);
  return {
    ask: <T>(question: object) => {
      const answered = answer<T>();
      child.send(question);
      return answered;
    },
    first: <T>() => first as Promise<T>,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
