/**
 * The live page's script: two streams in, buttons out. It sets text and clones templates; it never writes markup, so nothing that a client
 * sent can become any.
 */
export const LIVE_SCRIPT = `
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className !== undefined) node.className = className;
    return node;
  };
  const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const rows = [...document.querySelectorAll('[data-check]')];
  const checkNodes = new Map(rows.map((row) => [row.dataset.check, row]));
  const MOST_ROWS = 100, MOST_SETTLED = 4;
  let ended = false;

  const post = async (path, body) => {
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }).catch(() => undefined);
    if ((answer === undefined || !answer.ok) && !ended) setText(byId('written'), 'That could not be done now.');
    return answer !== undefined && answer.ok;
  };

  // Verdicts
  const settled = [];
  const showCheck = (row, { verdict, message }) => {
    if (row.dataset.verdict !== verdict) {
      const template = byId('badge-' + verdict);
      row.querySelector('.slot').replaceChildren(template.content.cloneNode(true));
      const first = row.dataset.verdict === undefined;
      row.className = 'live-check ' + template.dataset.tone + (first ? '' : ' changed');
      row.dataset.verdict = verdict;
      if (!first) settled.unshift(row);
    }
    setText(row.querySelector('.message'), message);
  };
  const showSettled = () => {
    const newest = [...new Set(settled)].slice(0, MOST_SETTLED);
    settled.splice(0, settled.length, ...newest);
    byId('last-settled').replaceChildren(...newest.map((row) => {
      const link = make('a', row.dataset.check);
      link.href = '#' + row.id;
      const item = make('li');
      item.append(byId('badge-' + row.dataset.verdict).content.cloneNode(true), ' ', link);
      return item;
    }));
    if (newest.length > 0) byId('latest').hidden = false;
  };
  const showVerdict = (view) => {
    const box = byId('verdict'), template = byId('seal-' + view.verdict);
    if (box.dataset.verdict !== view.verdict) {
      box.dataset.verdict = view.verdict;
      box.className = 'verdict ' + template.dataset.tone;
      byId('seal').replaceChildren(template.content.cloneNode(true));
      setText(byId('word'), template.dataset.word);
    }
    setText(byId('summary'), view.full ? 'The history is too long for live verdicts; the report will hold them all.' : view.summary);
    const counts = {};
    for (const { verdict } of view.checks) counts[verdict] = (counts[verdict] ?? 0) + 1;
    setText(byId('counts'), (counts.pass ?? 0) + ' passed, ' + (counts.fail ?? 0) + ' failed, ' + (counts.warn ?? 0) + (counts.warn === 1 ? ' warning, ' : ' warnings, ') + (counts.inconclusive ?? 0) + ' not settled.');
  };

  // Instructions
  let shown = [];
  const showInstructions = (list) => {
    byId('now').hidden = list.length === 0 && !byId('now').dataset.playing;
    const ids = list.map(({ id }) => id).join();
    if (ids === shown.map(({ id }) => id).join()) return;
    shown = list;
    const had = byId('now').contains(document.activeElement);
    byId('instructions').replaceChildren(...list.map((one) => {
      const box = make('div', undefined, 'instruction');
      const buttons = make('div', undefined, 'row');
      for (const { reply, label, key } of one.choices) {
        const button = make('button', label);
        button.type = 'button';
        button.append(' ', make('kbd', key));
        button.setAttribute('aria-keyshortcuts', key);
        button.addEventListener('click', () => post('/reply', { id: one.id, reply }));
        buttons.append(button);
      }
      const rest = make('p', undefined, 'small muted');
      const clock = make('span', '', 'countdown');
      clock.dataset.until = String(one.askedAt + one.timeoutMs);
      rest.append('Waiting for you: ', clock, one.seenBy === undefined ? '' : '. ' + one.seenBy);
      rest.setAttribute('aria-live', 'off');
      box.append(make('p', one.text, 'what'), rest, buttons);
      return box;
    }));
    tick();
    if (had) byId('instructions').querySelector('button')?.focus();
  };
  const tick = () => {
    for (const clock of document.querySelectorAll('[data-until]')) {
      const s = Math.max(0, Math.round((Number(clock.dataset.until) - Date.now()) / 1000));
      setText(clock, Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0') + ' left');
    }
  };
  setInterval(tick, 500);

  const disable = (button, why) => {
    button.disabled = why !== undefined;
    if (why === undefined) button.removeAttribute('title'); else button.title = why;
  };
  const show = (view) => {
    ended = view.ended;
    view.checks.forEach((check, index) => { const row = rows[index]; if (row !== undefined) showCheck(row, check); });
    showSettled();
    showVerdict(view);
    setText(byId('recording'), view.playing !== undefined ? 'You are guided through the scenario “' + view.playing + '”.'
      : 'Recording under “' + view.recording.id + '”' + (view.recording.graded ? '.' : ', which no check reads. A new login leads back.')
      + (view.held === undefined ? '' : ' Refreshes are held; ' + view.held + (view.held === 1 ? ' waits' : ' wait') + ' for Release.'));
    if (view.playing === undefined) delete byId('now').dataset.playing; else byId('now').dataset.playing = view.playing;
    setText(byId('now-title'), view.playing === undefined ? 'Waiting for you' : 'Waiting for you · ' + view.playing);
    showInstructions(view.instructions);
    for (const button of document.querySelectorAll('[data-post^="/actions/"]')) disable(button, view.blocked[button.dataset.post.slice(9)]);
    for (const button of document.querySelectorAll('[data-post^="/guide/"]')) {
      disable(button, view.playing !== undefined ? 'A scenario is being played.' : view.played.includes(button.dataset.post.slice(7)) ? 'It was played.' : undefined);
    }
    byId('observe').setAttribute('aria-pressed', String(view.observing));
    disable(byId('observe'), view.playing === undefined ? undefined : 'A scenario is being played.');
    byId('download').hidden = ended || view.writtenAt === undefined;
    if (view.writtenAt !== undefined) setText(byId('written'), 'Written at ' + new Date(view.writtenAt).toLocaleTimeString() + '.');
    if (ended) { setText(byId('written'), 'The session has ended. Its reports are written into ' + view.folder + '.'); setText(byId('connection'), 'ended'); for (const button of document.querySelectorAll('button:not([data-copy])')) button.disabled = true; }
  };

  // Exchanges
  const open = new Map();
  const showRequest = (event) => {
    const row = make('tr');
    const token = [...event.body, ...event.query, ...event.headers].find(({ secret }) => secret !== undefined && /^(RT|AT|CODE)#/.test(secret.label));
    row.append(make('td', (event.t / 1000).toFixed(1) + ' s'), make('td', event.method + ' ' + event.path + (token === undefined ? '' : ' with ' + token.secret.label)), make('td', '…'), make('td', event.scenario));
    byId('exchanges').prepend(row);
    open.set(event.exchange, row);
    while (byId('exchanges').rows.length > MOST_ROWS) byId('exchanges').lastElementChild.remove();
  };
  const showResponse = (event) => {
    const row = open.get(event.exchange);
    open.delete(event.exchange);
    if (row === undefined) return;
    const { issued = {} } = event;
    const parts = [String(event.status), event.error, event.deniedBy === undefined ? undefined : 'refused: ' + event.deniedBy, event.fault === undefined ? undefined : 'fault: ' + event.fault,
      event.delivered === 'complete' ? undefined : event.delivered, issued.code?.label, issued.accessToken?.label, issued.refreshToken?.label];
    setText(row.cells[2], parts.filter((part) => part !== undefined).join(' · '));
    setText(byId('last-exchange'), row.cells[1].textContent + ': ' + row.cells[2].textContent);
    byId('latest').hidden = false;
    row.cells[2].className = event.status >= 400 || event.delivered !== 'complete' ? 'bad' : 'good';
  };

  const history = new EventSource('/events');
  history.addEventListener('message', ({ data }) => {
    const event = JSON.parse(data);
    if (event.kind === 'request') showRequest(event);
    if (event.kind === 'response') showResponse(event);
  });
  const live = new EventSource('/live');
  live.addEventListener('open', () => setText(byId('connection'), 'connected'));
  live.addEventListener('view', ({ data }) => show(JSON.parse(data)));
  live.addEventListener('error', () => {
    setText(byId('connection'), ended ? 'ended' : 'no connection');
    if (ended) { live.close(); history.close(); }
  });

  // Buttons and keys
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null) return;
    const { post: path, copy } = button.dataset;
    if (copy !== undefined) {
      navigator.clipboard.writeText(copy).then(() => { setText(button, 'Copied'); setTimeout(() => setText(button, 'Copy'), 1500); }, () => setText(button, 'Select it by hand'));
    } else if (path === '/observe') void post(path, { on: button.getAttribute('aria-pressed') !== 'true' });
    else if (path !== undefined) void post(path);
  });
  byId('end').addEventListener('click', () => { if (confirm('End the session and write the reports?')) void post('/end'); });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const [one] = shown;
    const choice = one?.choices.find(({ key }) => key === event.key.toLowerCase());
    if (choice !== undefined) void post('/reply', { id: one.id, reply: choice.reply });
  });
})();
`;
