/** Reads server-sent events with `fetch`, because an `EventSource` cannot send the token in a header (WHATWG HTML §9.2). */
import { ask } from './session.ts';

interface Follower {
  readonly opened?: () => void;
  /** Takes the data of one event. */
  readonly data: (text: string) => void;
  /** Called when the connection is lost; returns whether to connect again. */
  readonly again: () => boolean;
}

const RETRY_MS = 1_000;

/** Reads the events of a path until `again` returns false; resumes after the last event with an id. */
export function follow(path: string, { opened, data, again }: Follower): void {
  let last = '';
  const one = (block: string): void => {
    const lines = block.split('\n');
    const field = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    last = field('id') ?? last;
    const text = field('data');
    if (text !== undefined) data(text);
  };
  const read = async (): Promise<void> => {
    const answer = await ask(path, last === '' ? {} : { headers: { 'last-event-id': last } });
    if (!answer.ok || answer.body === null) return;
    opened?.();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (waiting + part.value).split('\n\n');
      waiting = blocks.pop() ?? '';
      blocks.forEach(one);
    }
  };
  const connect = (): void => {
    const lost = (): void => {
      if (again()) setTimeout(connect, RETRY_MS);
    };
    read().then(lost, lost);
  };
  connect();
}
