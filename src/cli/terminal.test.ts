import { describe, expect, it } from 'vitest';
import { createTerminal, type Output, type Terminal } from './terminal.ts';

interface Sink extends Output {
  readonly text: () => string;
}

function sink(isTTY = false): Sink {
  const parts: string[] = [];
  return { write: (text) => parts.push(text) > 0, isTTY, text: () => parts.join('') };
}

function terminal(options: { env?: Record<string, string>; tty?: boolean; quiet?: boolean } = {}): {
  terminal: Terminal;
  out: Sink;
  err: Sink;
} {
  const { env = {}, tty = false, quiet = false } = options;
  const out = sink(tty);
  const err = sink(tty);
  return { terminal: createTerminal({ stdout: out, stderr: err, env, quiet }), out, err };
}

describe('where text goes', () => {
  it('results to standard output, the rest to standard error', () => {
    const { terminal: one, out, err } = terminal();
    one.print('{}');
    one.say('working');
    one.complain('error');
    expect([out.text(), err.text()]).toEqual(['{}\n', 'working\nerror\n']);
  });

  it('says nothing under --quiet but what is wrong', () => {
    const { terminal: one, err } = terminal({ quiet: true, tty: true });
    one.say('working');
    one.draw('…');
    one.complain('error');
    expect(err.text()).toBe('error\n');
  });
});

describe('a line that changes', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['on a terminal', true, {}, true],
    ['not in a log', false, {}, false],
    ['not in CI', true, { CI: 'true' }, false],
    ['where CI is off', true, { CI: 'false' }, true],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('%s', (_, tty, env, live) => {
    expect(terminal({ tty, env }).terminal.live).toBe(live);
  });
});

describe('its width', () => {
  it.each([
    [undefined, 80],
    // A terminal without a size.
    [0, 80],
    [132, 132],
  ])('columns %j: %d', (columns, width) => {
    const stdout = { ...sink(true), ...(columns === undefined ? {} : { columns }) };
    expect(createTerminal({ stdout, stderr: stdout, env: {}, quiet: false }).width).toEqual({ out: width, err: width });
  });
});

describe('colours', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['on a terminal', true, {}, true],
    ['not in a file', false, {}, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['NO_COLOR of any value', true, { NO_COLOR: '0' }, false],
    ['an empty NO_COLOR is none', true, { NO_COLOR: '' }, true],
    ['FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR before NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ])('%s', (_, tty, env, color) => {
    expect(terminal({ tty, env }).terminal.color).toEqual({ out: color, err: color });
  });
});
