/** Shows the instructions to the user, with a button and a key for each reply. */
import { all, byId } from '../../../reports/html/browser/dom.ts';
import type { Instruction } from '../../drivers/manual/prompt-queue.ts';
import type { BoardView } from '../board.ts';
import { make, setText } from './node.ts';
import { post } from './post.ts';

let shown: readonly Instruction[] = [];

/** Shows the open instructions and keeps the keyboard's focus among them. */
export function showInstructions({ running, instructions }: BoardView): void {
  setText(byId('now-title'), running === undefined ? 'Waiting for you' : `Waiting for you · ${running}`);
  byId('now').hidden = instructions.length === 0 && running === undefined;
  if (idsOf(instructions) === idsOf(shown)) return;
  shown = instructions;
  const focused = byId('now').contains(document.activeElement);
  byId('instructions').replaceChildren(...instructions.map(instructionBox));
  tick();
  if (focused) byId('instructions').querySelector('button')?.focus();
}

/** Starts the countdown, and lets the keys of the oldest instruction answer it. */
export function startInstructions(): void {
  setInterval(tick, 500);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const [oldest] = shown;
    const choice = oldest?.choices.find(({ key }) => key === event.key.toLowerCase());
    if (choice !== undefined) post('/reply', { id: oldest?.id, reply: choice.reply });
  });
}

function instructionBox({ id, text, choices, askedAt, timeoutMs, seenBy }: Instruction): HTMLElement {
  const box = make('div', '', 'instruction');
  const buttons = make('div', '', 'row');
  for (const { reply, label, key } of choices) {
    const button = make('button', label);
    button.type = 'button';
    button.append(' ', make('kbd', key));
    button.setAttribute('aria-keyshortcuts', key);
    button.addEventListener('click', () => post('/reply', { id, reply }));
    buttons.append(button);
  }
  const rest = make('p', '', 'small muted');
  const clock = make('span', '', 'countdown');
  clock.dataset['until'] = String(askedAt + timeoutMs);
  rest.append('Waiting for you: ', clock, seenBy === undefined ? '' : `. ${seenBy}`);
  rest.setAttribute('aria-live', 'off');
  box.append(make('p', text, 'what'), rest, buttons);
  return box;
}

function tick(): void {
  for (const clock of all('[data-until]')) {
    const seconds = Math.max(0, Math.round((Number(clock.dataset['until']) - Date.now()) / 1000));
    setText(clock, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left`);
  }
}

const idsOf = (list: readonly Instruction[]): string => list.map(({ id }) => id).join();
