/** Records the output of a process that is not an answer: kept until an action ends, then written to the history redacted. */
import { clientText, type SessionContext } from '../driver.ts';
import { tellingLine } from './last-words.ts';
import type { Line } from './lines.ts';

type Stream = 'stdout' | 'stderr';

/** The output of one process; made by `gatherEvidence`. */
export interface Evidence {
  add(stream: Stream, line: Line): void;
  /** The last line on standard error that names an error, or else the last that is not empty; not redacted. */
  readonly lastError: string | undefined;
  /** Records the gathered output. Called late on purpose: a secret can be redacted once the mock has seen it. */
  flush(): void;
}

/** Limits: lines of one `output` event, characters of one line (see `Output`), and lines over a process's whole life. */
const linesPerEvent = 200;
const lineLength = 2_000;
const linesPerLife = 10_000;
/** Number of recent lines that are searched for the one that names an error. */
const remembered = 60;
/** Characters that may be held in memory until an action ends. */
const waiting = 4_194_304;

/** Collects the output of a process until `flush` records it. */
export function gatherEvidence(context: Pick<SessionContext, 'record' | 'redact' | 'hide'>, process: string): Evidence {
  let lines: { readonly stream: Stream; readonly text: string }[] = [];
  let characters = 0;
  let kept = 0;
  let recent: string[] = [];

  const write = (stream: Stream): void => {
    const texts = lines.filter((line) => line.stream === stream).map(({ text }) => text);
    for (let at = 0; at < texts.length; at += linesPerEvent) {
      // Redacted together, because a secret may be split over several lines.
      const { text, leaked } = context.redact(texts.slice(at, at + linesPerEvent).join('\n'));
      const lines = text.split('\n').map((line) => line.slice(0, lineLength));
      context.record({ kind: 'output', process, stream, lines, leaked });
    }
  };
  const flush = (): void => {
    write('stdout');
    write('stderr');
    lines = [];
    characters = 0;
  };

  return {
    add(stream, { text: raw, cut }) {
      const text = clientText(context, raw);
      if (stream === 'stderr') recent = [...recent.slice(1 - remembered), text.slice(0, lineLength)];
      if (kept > linesPerLife) return;
      kept += 1;
      const noted = cut ? `(a line that was too long, cut) ${text}` : text;
      const line = kept > linesPerLife ? `(more than ${linesPerLife} lines; what follows is not kept)` : noted;
      lines.push({ stream, text: line });
      characters += line.length;
      if (characters > waiting) flush();
    },
    get lastError() {
      return tellingLine(recent);
    },
    flush,
  };
}
