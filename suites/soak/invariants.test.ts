import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './invariants.check.ts';
import { violations } from './invariants.ts';
import { FAULTS, tour } from './operations.ts';
import { performedOperations } from './performed.ts';
import { operation, refresh } from './soak.test-support.ts';

function call(tape: Tape, within: () => void, result: 'ok' | 'failed' = 'ok'): void {
  const end = tape.action('call');
  within();
  end({ result });
}

function found(write: (tape: Tape) => void): readonly string[] {
  const tape = createTape('soak');
  tape.add({ kind: 'family', family: 'F#1', change: 'created' });
  write(tape);
  const history = tape.history();
  return violations(history, performedOperations(history)).map(({ invariant }) => invariant);
}

const useOf = (tape: Tape, label: string): number =>
  tape.resource({ accessToken: { ...secret(label), family: 'F#1', generation: 1, newest: true, alive: true } });

/** A chain of faults after each of which the client refreshes once, for `faults` faults. */
function honest(faults: number) {
  const tape = createTape('soak');
  tape.add({ kind: 'family', family: 'F#1', change: 'created' });
  const names = tour(FAULTS.length, () => 0.5).map((index) => FAULTS[index] ?? 'busy');
  for (const [n, fault] of names.slice(0, faults).entries()) {
    operation(tape, { op: 'fault', fault }, () => {
      call(tape, () => {
        refresh(tape, n);
        useOf(tape, `AT#${String(n + 1)}`);
      });
    });
  }
  tape.phase('probe');
  refresh(tape, faults);
  return check.judge(tape.history(), runFacts());
}

test('an honest chain breaks nothing; a pass needs half of the pairs of faults', () => {
  expect(honest(26)).toMatchObject({ verdict: 'pass', message: expect.stringContaining('25 of 25') as string });
  expect([14, 13].map((faults) => honest(faults)?.verdict)).toEqual(['pass', 'inconclusive']);
});

test('a soak in which no call succeeded shows nothing', () => {
  const tape = createTape('soak');
  operation(tape, { op: 'call' }, () => {
    call(tape, () => refresh(tape, 0));
  });
  expect(check.judge(tape.history(), runFacts())).toMatchObject({
    verdict: 'inconclusive',
    message: expect.stringContaining('no call succeeded') as string,
  });
});

test('I6: a token that replaces one which was lost on its way is no sign of a wrong store', () => {
  const ended = (delivered: 'cut' | 'complete') =>
    found((tape) => {
      refresh(tape, 0, { response: { delivered, issued: { refreshToken: secret('RT#1'), family: 'F#1' } } });
      tape.phase('probe');
      refresh(tape, 0, { response: { status: 400 } }, false);
    });
  expect(ended('cut')).toEqual([]);
  expect(ended('complete')).toContain('I6');
});

test('I8: a call that is reported as successful and that the API refused', () => {
  const claimed = (tape: Tape): void => {
    operation(tape, { op: 'refresh', calls: 1 }, () => {
      call(tape, () => {
        const accessToken = { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: false };
        tape.resource({ accessToken }, { response: { status: 401 } });
      });
    });
  };
  expect(found(claimed)).toEqual(['I8']);
});

test('I1: a token after its successor was delivered', () => {
  expect(
    found((tape) => {
      refresh(tape, 0);
      refresh(tape, 0, {}, false);
    }),
  ).toEqual(['I1']);
});

test('I2: one token in two requests at once', () => {
  expect(
    found((tape) => {
      refresh(tape, 0, { response: null });
      refresh(tape, 0, { response: null });
    }),
  ).toEqual(['I2']);
});

test('I3: a lost token once more is forgiven, twice is not', () => {
  const lost = (tape: Tape) =>
    refresh(tape, 0, { response: { delivered: 'none', issued: { refreshToken: secret('RT#1') } } });
  const refused = { response: { status: 400, error: 'invalid_grant' } };
  expect(
    found((tape) => {
      lost(tape);
      refresh(tape, 0, refused, false);
    }),
  ).toEqual([]);
  expect(
    found((tape) => {
      lost(tape);
      refresh(tape, 0, refused, false);
      refresh(tape, 0, refused, false);
    }),
  ).toEqual(['I3']);
});

test('I4: a revoked family is sent twice at most', () => {
  const refused = { response: { status: 400, error: 'invalid_grant' } };
  const times = (count: number) =>
    found((tape) => {
      tape.add({ kind: 'family', family: 'F#1', change: 'revoked', reason: 'admin' });
      for (let n = 0; n < count; n += 1) refresh(tape, 0, refused);
    });
  expect([times(2), times(3)]).toEqual([[], ['I4']]);
});

test('I5: the access token before the last one', () => {
  expect(
    found((tape) => {
      refresh(tape, 0);
      refresh(tape, 1);
      call(tape, () => useOf(tape, 'AT#1'));
    }),
  ).toEqual(['I5']);
});

test('I5: not a request of a call that began before the refresh and starts late', () => {
  expect(
    found((tape) => {
      refresh(tape, 0);
      const [first, second] = [tape.action('call'), tape.action('call')];
      refresh(tape, 1);
      useOf(tape, 'AT#2');
      first();
      useOf(tape, 'AT#1');
      useOf(tape, 'AT#2');
      second();
    }),
  ).toEqual([]);
});

/** A login that makes `F#2`, and then a refresh of the family before it, `F#1`. */
function loginOvertaken(tape: Tape): void {
  refresh(tape, 0);
  tape.token(
    { grantType: 'authorization_code' },
    {
      response: {
        issued: { accessToken: secret('AT#20'), refreshToken: secret('RT#20'), family: 'F#2', generation: 0 },
      },
    },
  );
  refresh(tape, 1);
}

test('I5: not the token of the newer login when the earlier one was refreshed after it', () => {
  const carries = (label: string, family: string) =>
    found((tape) => {
      loginOvertaken(tape);
      call(tape, () =>
        tape.resource({ accessToken: { ...secret(label), family, generation: 0, newest: true, alive: true } }),
      );
    });
  expect(carries('AT#20', 'F#2')).toEqual([]);
  expect(carries('AT#2', 'F#1')).toEqual([]);
  expect(carries('AT#1', 'F#1')).toEqual(['I5']);
});

test('I6: not the head in the end', () => {
  expect(
    found((tape) => {
      tape.phase('probe');
      refresh(tape, 3, {}, false);
    }),
  ).toEqual(['I6']);
});

test('I7: four token requests after one failure', () => {
  const refused = { response: { status: 503 } };
  const times = (count: number) =>
    found((tape) => {
      operation(tape, { op: 'fault', fault: 'busy' }, () => {
        for (let n = 0; n < count; n += 1) refresh(tape, 0, refused);
      });
    });
  expect([times(3), times(4)]).toEqual([[], ['I7']]);
});

test('I8: an honest call fails; not when the client had asked for a login or its family was dead', () => {
  const failing = (before: (tape: Tape) => void) =>
    found((tape) => {
      before(tape);
      operation(tape, { op: 'call' }, () => {
        call(tape, () => undefined, 'failed');
      });
    });
  expect(failing(() => undefined)).toEqual(['I8']);
  expect(failing((tape) => tape.action('call')({ result: 'failed', reauthorize: true }))).toEqual([]);
  expect(failing((tape) => tape.add({ kind: 'family', family: 'F#1', change: 'revoked', reason: 'admin' }))).toEqual(
    [],
  );
});

test('I8: a call that is given a shared answer for a fresh one is left to RTR-09', () => {
  const judged = (attempts: number, end: { readonly reauthorize?: boolean } = {}) => {
    const tape = createTape('soak');
    tape.add({ kind: 'family', family: 'F#1', change: 'created' });
    operation(tape, { op: 'fault', fault: 'no-refresh-token' }, () => {
      call(tape, () => {
        refresh(tape, 0, { response: { issued: { accessToken: secret('AT#1'), family: 'F#1', generation: 1 } } });
      });
    });
    operation(tape, { op: 'refresh', calls: 1 }, () => {
      const done = tape.action('call');
      for (let n = 0; n < attempts; n += 1) {
        const accessToken = { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: false };
        tape.resource({ accessToken }, { response: { status: 401 } });
      }
      done({ result: 'failed', ...end });
    });
    return check.judge(tape.history(), runFacts());
  };
  expect(judged(2)).toMatchObject({ verdict: 'inconclusive', broken: ['token-kept-without-new'] });
  expect(judged(1)).toMatchObject({ verdict: 'fail' });
});
