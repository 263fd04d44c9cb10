/**
 * The page's script: filter, search, keys. Everything else works without it. It reads the page and never writes markup.
 *
 * The filter stands in the address as `#q=s:fail level:must @races text !text`; any other fragment is a place on the page.
 */
export const SCRIPT = `
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId('filter'), query = byId('query'), found = byId('found'), nothing = byId('nothing'), fold = byId('fold');
  const checks = [...document.querySelectorAll('details.check')];
  const suites = [...document.querySelectorAll('section.suite')];
  const presets = [...document.querySelectorAll('button[data-query]')];
  const text = new Map(checks.map((check) => [check, check.textContent.toLowerCase()]));

  const term = (word) => {
    const not = word.startsWith('!') && word.length > 1;
    const rest = (not ? word.slice(1) : word).toLowerCase();
    const among = (value, list) => list.split(',').some((one) => one !== '' && value.toLowerCase().startsWith(one));
    const test = rest.startsWith('s:') ? (c) => among(c.dataset.verdict, rest.slice(2))
      : rest.startsWith('level:') ? (c) => among(c.dataset.level, rest.slice(6))
      : rest.startsWith('@') ? (c) => among(c.dataset.suite, rest.slice(1))
      : (c) => text.get(c).includes(rest);
    return (check) => test(check) !== not;
  };

  const apply = () => {
    const terms = query.value.split(/\\s+/).filter((word) => word !== '').map(term);
    let count = 0;
    for (const check of checks) {
      check.hidden = !terms.every((matches) => matches(check));
      if (!check.hidden) count += 1;
    }
    for (const suite of suites) suite.hidden = !suite.querySelector('details.check:not([hidden])');
    nothing.hidden = count > 0;
    found.textContent = terms.length === 0 ? '' : count + ' of ' + checks.length + ' checks shown.';
    for (const button of presets) button.setAttribute('aria-pressed', String(button.dataset.query === query.value.trim()));
  };

  const remember = () => {
    const value = query.value.trim();
    try { history.replaceState(null, '', value === '' ? '#checks' : '#q=' + encodeURIComponent(value)); } catch { /* some viewers forbid it */ }
  };

  const show = (value, focus) => { query.value = value; apply(); remember(); if (focus) query.focus(); };

  const go = () => {
    const hash = location.hash.slice(1);
    if (hash.startsWith('q=')) {
      try { query.value = decodeURIComponent(hash.slice(2)); } catch { query.value = ''; }
      apply();
      return;
    }
    const target = hash === '' ? null : byId(hash);
    if (target === null) return;
    const check = target.closest('details.check');
    if (check !== null && check.hidden) { query.value = ''; apply(); }
    for (let node = target; node !== null; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    target.scrollIntoView();
  };

  const step = (by) => {
    const shown = checks.filter((check) => !check.hidden);
    const at = shown.findIndex((check) => check.contains(document.activeElement));
    const next = shown[at === -1 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (next === undefined) return;
    next.open = true;
    next.querySelector('summary').focus();
    next.scrollIntoView({ block: 'start' });
  };

  const keys = { '/': () => query.focus(), f: () => show('s:fail,error'), p: () => show('s:pass'), a: () => show(''), ArrowRight: () => step(1), ArrowLeft: () => step(-1) };

  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  query.addEventListener('input', () => { apply(); remember(); });
  for (const button of presets) button.addEventListener('click', () => show(button.dataset.query));
  fold.addEventListener('click', () => {
    const open = fold.getAttribute('aria-pressed') !== 'true';
    fold.setAttribute('aria-pressed', String(open));
    fold.textContent = open ? 'Close all' : 'Open all';
    for (const check of checks) check.open = open;
  });
  const quoted = (text) => "'" + text.replaceAll("'", "'\\\\''") + "'";
  const commandOf = (request) => {
    const [method, ...path] = request.querySelector('.line code').textContent.split(' ');
    const pairs = (title) => [...request.querySelectorAll('table')].filter((table) => table.caption.textContent.trim() === title)
      .flatMap((table) => [...table.querySelectorAll('tr')]).filter((row) => row.cells.length === 2)
      .map((row) => [row.cells[0].textContent.trim(), (row.querySelector('.secret') ?? row.cells[1]).textContent.trim()]);
    const headers = pairs('Headers'), query = new URLSearchParams(pairs('Query')).toString();
    const host = headers.find(([name]) => name.toLowerCase() === 'host');
    const url = 'http://' + (host === undefined ? 'localhost' : host[1]) + path.join(' ') + (query === '' ? '' : '?' + query);
    return ['curl --globoff --request ' + quoted(method) + ' ' + quoted(url),
      ...headers.filter(([name]) => !/^(host|content-length|connection|transfer-encoding)$/i.test(name)).map(([name, value]) => '--header ' + quoted(name + ': ' + value)),
      ...pairs('Body').map(([name, value]) => '--data-urlencode ' + quoted(encodeURIComponent(name) + '=' + value))].join(' ');
  };
  for (const button of document.querySelectorAll('button.curl')) button.hidden = false;
  document.addEventListener('click', async (event) => {
    const button = event.target instanceof Element ? event.target.closest('button.curl') : null;
    if (button === null) return;
    try { await navigator.clipboard.writeText(commandOf(button.parentElement)); button.textContent = 'Copied; labels stand for secrets'; }
    catch { button.textContent = 'This viewer forbids copying'; }
  });
  addEventListener('hashchange', go);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target === query) { if (event.key === 'Escape') { show(''); query.blur(); } return; }
    if (event.target instanceof Element && event.target.closest('input, textarea, select, .scroll, pre')) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  addEventListener('beforeprint', () => { for (const check of checks) if (['fail', 'error', 'inconclusive', 'review', 'warn'].includes(check.dataset.verdict)) check.open = true; });
  apply();
  go();
})();
`;
