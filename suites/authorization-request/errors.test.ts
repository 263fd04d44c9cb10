import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import errorCallback from './error-callback.check.ts';
import unknownError from './unknown-error.check.ts';

describe('AZ-07', () => {
  const judge = (
    write: (tape: Tape, end: ReturnType<Tape['action']>) => void,
    driver = 'adapter',
  ): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    for (const [phase, error] of [
      ['denied', 'access_denied'],
      ['denied-hyphen', 'access-denied'],
    ] as const) {
      tape.phase(phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback({ error });
      if (phase === 'denied-hyphen') write(tape, end);
      else end({ result: 'failed' });
    }
    return errorCallback.judge(tape.history(), runFacts({}, driver));
  };

  test('an error that is reported passes', () => {
    expect(judge((_, end) => end({ result: 'failed' }))?.verdict).toBe('pass');
  });

  test('a token request, a death, silence and a claimed success fail, also with the hyphen only', () => {
    expect(
      judge((tape, end) => {
        tape.token({ code: null });
        end({ result: 'failed' });
      })?.verdict,
    ).toBe('fail');
    expect(
      judge((tape, end) => {
        end({ result: 'died' });
        tape.dies();
      })?.message,
    ).toContain('crashed');
    expect(
      judge((tape, end) => {
        tape.dies(true);
        end({ result: 'died' });
      })?.message,
    ).toContain('never answered');
    expect(judge((_, end) => end())?.verdict).toBe('fail');
  });

  test('a web page is no claim of success', () => {
    expect(judge((_, end) => end(), 'http')?.verdict).toBe('pass');
  });

  test('a tool that ends well although its user said no claims a success, too', () => {
    expect(judge((_, end) => end(), 'command')?.verdict).toBe('fail');
  });

  test('what happened to the client is the decisive evidence, the callback is further evidence', () => {
    const crashed = judge((tape) => tape.dies());
    expect(crashed).toMatchObject({ verdict: 'fail', evidence: [20, 19] });
    expect(judge((_, end) => end())).toMatchObject({ verdict: 'fail', evidence: [20, 19] });
    // Never answered at all: the action that was asked.
    expect(judge(() => undefined)).toMatchObject({ verdict: 'fail', evidence: [16, 19] });
  });

  test('a login whose callback brought no error was not exercised, nor one that was never tried', () => {
    const judged = (write: (tape: Tape) => void): Finding | undefined => {
      const tape = createTape('errors');
      tape.phase('denied');
      write(tape);
      return errorCallback.judge(tape.history(), runFacts());
    };
    expect(judged(() => undefined)).toBeUndefined();
    expect(judged((tape) => tape.action('authorize')({ result: 'failed' }))).toBeUndefined();
    expect(judged((tape) => tape.login())).toBeUndefined();
    const second = judged((tape) => {
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback();
      tape.callback({ error: 'access_denied' });
      end({ result: 'failed' });
    });
    expect(second?.verdict).toBe('pass');
  });

  test('asking again once is noted, a loop fails', () => {
    const again = (times: number) =>
      judge((tape, end) => {
        for (let n = 0; n < times; n += 1) {
          tape.authorize();
          tape.callback({ error: 'access-denied' });
        }
        end({ result: 'failed' });
      });
    expect(again(1)?.verdict).toBe('warn');
    expect(again(2)?.verdict).toBe('fail');
  });
});

describe('AZ-08', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    tape.phase('unknown-error');
    const end = tape.action('authorize');
    tape.authorize();
    tape.callback({ error: 'OAUTH_UNHEARD_OF' });
    write(tape);
    end({ result: 'failed' });
    return unknownError.judge(tape.history(), runFacts());
  };

  test('a page without markup passes, one with it fails, an unseen one is for a person', () => {
    expect(judge((tape) => tape.callback({ step: 'page', status: 400, markup: [] }))?.verdict).toBe('pass');
    expect(judge((tape) => tape.callback({ step: 'page', markup: ['error_description'] }))?.verdict).toBe('fail');
    expect(judge(() => undefined)?.verdict).toBe('review');
  });

  test('a death fails', () => {
    expect(judge((tape) => tape.dies())).toMatchObject({ verdict: 'fail', evidence: [14, 13] });
  });

  test('a page from before the callback, or one that was not inspected, shows nothing of it', () => {
    const tape = createTape('errors');
    tape.phase('unknown-error');
    const end = tape.action('authorize');
    tape.callback({ step: 'page', markup: ['error_description'] });
    tape.authorize();
    tape.callback({ error: 'OAUTH_UNHEARD_OF' });
    tape.callback({ step: 'page', status: 400 });
    end({ result: 'failed' });
    expect(unknownError.judge(tape.history(), runFacts())?.verdict).toBe('review');
  });

  test('the page is the evidence', () => {
    const shown = (markup: readonly string[]): Finding | undefined =>
      judge((tape) => {
        tape.callback({ tampered: 'repeated' });
        tape.callback({ step: 'page', markup });
      });
    expect(shown([])).toMatchObject({ verdict: 'pass', evidence: [13, 15] });
    expect(shown(['error_description'])).toMatchObject({ verdict: 'fail', evidence: [15, 13] });
  });

  test('a login that came to no callback was not exercised', () => {
    const judged = (write: (tape: Tape) => void): Finding | undefined => {
      const tape = createTape('errors');
      tape.phase('unknown-error');
      write(tape);
      return unknownError.judge(tape.history(), runFacts());
    };
    expect(judged(() => undefined)).toBeUndefined();
    expect(judged((tape) => tape.action('authorize')({ result: 'failed' }))).toBeUndefined();
  });
});
