/** Runs the live page: reads two streams and sends the actions of its buttons. */
import { all, buttonOf, byId } from '../../../reports/html/browser/dom.ts';
import type { Event as RecordedEvent } from '../../history/event.ts';
import type { BoardView } from '../board.ts';
import { showRequest, showResponse } from './exchanges.ts';
import { showInstructions, startInstructions } from './instructions.ts';
import { disable, setText } from './node.ts';
import { post } from './post.ts';
import { ask } from './session.ts';
import { follow } from './stream.ts';
import { showVerdicts } from './verdicts.ts';

let ended = false;
let folder: string | undefined;

function show(view: BoardView): void {
  // Another session has begun at this address: reload the page.
  if (folder !== undefined && folder !== view.folder) location.reload();
  ({ ended, folder } = view);
  showVerdicts(view);
  setText(byId('recording'), recordingLine(view));
  showInstructions(view);
  const busy = view.running === undefined ? undefined : 'A scenario is running.';
  for (const button of all('[data-post^="/actions/"]')) disable(button, view.blocked[nameOf(button)]);
  for (const button of all('[data-post^="/guide/"]'))
    disable(button, busy ?? (view.finished.includes(nameOf(button)) ? 'It was run.' : undefined));
  byId('observe').setAttribute('aria-pressed', String(view.observing));
  disable(byId('observe'), busy);
  byId('download').hidden = ended || view.writtenAt === undefined;
  if (view.writtenAt !== undefined)
    setText(byId('written'), `Written at ${new Date(view.writtenAt).toLocaleTimeString()}.`);
  if (ended) showEnd(view);
}

function recordingLine({ running, recording, held }: BoardView): string {
  const line =
    running !== undefined
      ? `You are guided through the scenario “${running}”.`
      : `Recording under “${recording.id}”${recording.graded ? '.' : ', which no check reads. A new login leads back.'}`;
  if (held === undefined) return line;
  return `${line} Refreshes are held; ${held} ${held === 1 ? 'waits' : 'wait'} for Release.`;
}

function showEnd({ folder }: BoardView): void {
  document.body.dataset['ended'] = '';
  setText(byId('written'), `The session has ended. Its reports are written into ${folder}.`);
  setText(byId('connection'), 'ended');
  for (const button of all<HTMLButtonElement>('button:not([data-copy])')) button.disabled = true;
}

function save(report: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(report);
  link.download = 'report.html';
  link.click();
}

/** Returns the last segment of the path that a button posts to. */
const nameOf = (button: HTMLElement): string => button.dataset['post']?.split('/').at(-1) ?? '';

function copy(button: HTMLButtonElement, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => {
      setText(button, 'Copied');
      setTimeout(() => setText(button, 'Copy'), 1500);
    },
    () => setText(button, 'Select it by hand'),
  );
}

follow('/events', {
  data: (text) => {
    const event = JSON.parse(text) as RecordedEvent;
    if (event.kind === 'request') showRequest(event);
    if (event.kind === 'response') showResponse(event);
  },
  again: () => !ended,
});
follow('/live', {
  opened: () => setText(byId('connection'), 'connected'),
  data: (text) => show(JSON.parse(text) as BoardView),
  again: () => {
    setText(byId('connection'), ended ? 'ended' : 'no connection');
    return !ended;
  },
});

document.addEventListener('click', (event) => {
  const button = buttonOf(event);
  if (button === null) return;
  const { post: path, copy: text, confirm: warning } = button.dataset;
  if (text !== undefined) copy(button, text);
  else if (path === '/observe') post(path, { on: button.getAttribute('aria-pressed') !== 'true' });
  else if (path !== undefined && warning !== undefined) {
    if (confirm(`${warning} Do it all the same?`)) post(path, { confirm: true });
  } else if (path !== undefined) post(path);
});
byId('end').addEventListener('click', () => {
  if (confirm('End the session and write the reports?')) post('/end');
});
byId('download').addEventListener('click', (event) => {
  // A link cannot send the header: the script fetches the file and passes it to the browser.
  event.preventDefault();
  void ask('/report')
    .then((answer) => answer.blob())
    .then(save);
});
startInstructions();
