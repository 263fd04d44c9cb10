import { describe, expect, it } from 'vitest';
import type { Request, Response } from '../../src/history/event.ts';
import { createTape, secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './no-refresh-loop.check.ts';

/** The API answers 401 to the access token of a generation. */
const refused = (tape: Tape, generation: number): number =>
  tape.resource(
    { accessToken: { ...secret(`AT#${String(generation)}`), family: 'F#1', generation, newest: true, alive: true } },
    { response: { status: 401, fault: 'unauthorized' } },
  );

const refresh = (tape: Tape, generation: number, request: Partial<Request> = {}, parts: ExchangeParts = {}): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true },
    },
    {
      request,
      response: {
        issued: { accessToken: secret(`AT#${String(generation + 1)}`), family: 'F#1', generation: generation + 1 },
      },
      ...parts,
    },
  );

const judged = (write: (tape: Tape) => unknown): string | undefined => found(write)?.verdict;

function found(write: (tape: Tape) => unknown) {
  const tape = createTape('resource-errors');
  tape.login();
  tape.phase('unauthorized');
  write(tape);
  return check.judge(tape.history(), runFacts());
}

describe('ERR-09', () => {
  it('passes one refresh and a report', () => {
    const honest = (tape: Tape): void => {
      const end = tape.action('call');
      refused(tape, 0);
      refresh(tape, 0);
      refused(tape, 1);
      end({ result: 'failed' });
    };
    expect(judged(honest)).toBe('pass');
  });

  it('says nothing of a client whose repeated request was served, because the fault was over', () => {
    const slow = (answer: 'ok' | 'failed', serve: boolean) => (tape: Tape) => {
      const end = tape.action('call');
      refused(tape, 0);
      refresh(tape, 0);
      if (serve)
        tape.resource({ accessToken: { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: true } });
      end({ result: answer });
    };
    expect(found(slow('ok', true))).toBeUndefined();
    expect(judged(slow('ok', false))).toBe('fail');
  });

  it('is about the fault of the API: a session that died of itself, or an answer that never came, says nothing', () => {
    const dead = (tape: Tape): void => {
      const end = tape.action('call');
      tape.resource({}, { response: { status: 401 } });
      tape.resource({}, { response: null });
      for (let n = 0; n < 3; n += 1) refresh(tape, n);
      end({ result: 'failed' });
    };
    expect(found(dead)).toBeUndefined();
    const both = (tape: Tape): void => {
      dead(tape);
      const end = tape.action('call');
      refused(tape, 3);
      refresh(tape, 3);
      end({ result: 'failed' });
    };
    expect(judged(both)).toBe('pass');
  });

  it('rests on the call: one that reports it passes, one that claims success does not', () => {
    const ending = (result: 'ok' | 'failed') => {
      let [decisive, over] = [0, 0];
      const finding = found((tape) => {
        tape.action('status')({ result: 'failed' });
        const end = tape.action('call');
        decisive = refused(tape, 0);
        over = end({ result });
        tape.action('status')();
      });
      expect(finding?.evidence).toEqual([over, decisive]);
      return finding?.verdict;
    };
    expect([ending('failed'), ending('ok')]).toEqual(['pass', 'fail']);
  });

  it('says nothing where no call was made', () => {
    expect(judged((tape) => refused(tape, 0))).toBeUndefined();
  });

  it('counts a refresh that begins as the 401 ends, and none that began before it', () => {
    const beside = (by: number) => (tape: Tape) => {
      const end = tape.action('call');
      refused(tape, 0);
      const decisive = tape.history().events.at(-1)?.t ?? 0;
      refresh(tape, 0, { begunAt: decisive + by });
      refresh(tape, 1);
      end({ result: 'failed' });
    };
    expect([judged(beside(0)), judged(beside(-1))]).toEqual(['fail', 'pass']);
  });

  it('three refreshes behind the back of the call are no loop yet, when a 401 drove each', () => {
    const behind = (count: number, status = 401) => {
      const driven = (tape: Tape): void => {
        tape.action('call')({ result: 'failed' });
        refused(tape, 0);
        for (let n = 0; n < count; n += 1) {
          refresh(tape, n);
          tape.resource({}, { response: { status } });
          tape.resource({}, { response: null });
        }
      };
      return judged(driven);
    };
    expect([behind(3), behind(4), behind(4, 500)]).toEqual(['pass', 'fail', 'pass']);
  });

  it('a 401 drives the refresh that begins in its moment, and not the one that began in the moment of the one before', () => {
    const timed = (late: number) => (tape: Tape) => {
      tape.action('call')({ result: 'failed' });
      refused(tape, 0);
      for (let n = 0; n < 4; n += 1) {
        refused(tape, n);
        const decisive = tape.history().events.at(-1)?.t ?? 0;
        refresh(tape, n, { begunAt: decisive + late });
      }
    };
    expect(judged(timed(0))).toBe('fail');
    // Each began before the 401 of its own round had ended: it was driven by the one before.
    expect(judged(timed(-1))).toBe('fail');
    const same = (tape: Tape): void => {
      tape.action('call')({ result: 'failed' });
      refused(tape, 0);
      const decisive = tape.history().events.at(-1)?.t ?? 0;
      for (let n = 0; n < 5; n += 1) refresh(tape, n, { begunAt: decisive });
    };
    expect(judged(same)).toBe('pass');
  });

  it.each<[string, Partial<Response> | null]>([
    ['was never answered', null],
    ['was refused', { status: 400 }],
    ['brought no access token', { issued: { family: 'F#1' } }],
  ])('a refresh that %s is never used twice: the next one is one too many', (_, response) => {
    const again = (tape: Tape): void => {
      const end = tape.action('call');
      refused(tape, 0);
      refresh(tape, 0, {}, { response });
      tape.resource();
      tape.resource();
      refresh(tape, 1);
      end({ result: 'failed' });
    };
    expect(judged(again)).toBe('fail');
  });

  it('names the time that many refreshes took from one second on', () => {
    const taking = (ms: number) => {
      const finding = found((tape) => {
        const end = tape.action('call');
        refused(tape, 0);
        const decisive = tape.history().events.at(-1)?.t ?? 0;
        refresh(tape, 0, { begunAt: decisive });
        tape.wait(ms);
        refresh(tape, 1, { begunAt: decisive + ms });
        end({ result: 'failed' });
      });
      return finding?.message;
    };
    expect(taking(1_000)).toContain('2 refreshes within 1 s');
    expect(taking(999)).not.toContain('within');
  });

  it('fails a second refresh for the same call', () => {
    const again = (tape: Tape): void => {
      const end = tape.action('call');
      for (let n = 0; n < 2; n += 1) {
        refused(tape, n);
        refresh(tape, n);
      }
      refused(tape, 2);
      end({ result: 'failed' });
    };
    expect(judged(again)).toBe('fail');
  });

  it('says nothing against a poll that refreshes for itself, during the call or after it', () => {
    const polling = (during: boolean) => (tape: Tape) => {
      const end = tape.action('call');
      refused(tape, 0);
      refresh(tape, 0);
      refused(tape, 1);
      if (!during) end({ result: 'failed' });
      refused(tape, 1);
      refresh(tape, 1);
      refused(tape, 2);
      if (during) end({ result: 'failed' });
    };
    expect([judged(polling(true)), judged(polling(false))]).toEqual(['pass', 'pass']);
  });

  it('fails a loop that goes on behind the back of the call', () => {
    const loop = (tape: Tape): void => {
      const end = tape.action('call');
      refused(tape, 0);
      end({ result: 'failed' });
      for (let n = 0; n < 4; n += 1) {
        refresh(tape, n);
        refused(tape, n + 1);
      }
    };
    expect(judged(loop)).toBe('fail');
  });

  it('reports a loop as a loop when the call is never answered', () => {
    let first = 0;
    let last = 0;
    const endless = (tape: Tape): void => {
      const end = tape.action('call');
      for (let n = 0; n < 60; n += 1) {
        refused(tape, n);
        last = refresh(tape, n);
        if (n === 0) first = last;
      }
      end({ result: 'timed-out' });
    };
    const finding = found(endless);
    expect(finding?.verdict).toBe('fail');
    expect(finding?.message).toContain('one call led to 60 refreshes within 2 s and was never answered');
    expect(finding?.evidence.slice(0, 2)).toEqual([first, last]);
  });

  it('says that a call was never answered when no loop was behind it', () => {
    const silent = (tape: Tape): void => {
      const end = tape.action('call');
      refused(tape, 0);
      end({ result: 'timed-out' });
    };
    expect(found(silent)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('never answered') as string,
    });
  });

  it('says nothing against a timer that refreshes whatever the API says', () => {
    const timer = (tape: Tape): void => {
      const end = tape.action('call');
      refused(tape, 0);
      end({ result: 'failed' });
      for (let n = 0; n < 6; n += 1) refresh(tape, n);
      // What it polls afterwards is refused too.
      refused(tape, 6);
    };
    expect(judged(timer)).toBe('pass');
  });
});
