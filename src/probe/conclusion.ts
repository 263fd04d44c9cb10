/** Concludes from the answers of the probe whether PKCE is required. Pure. */
import type { ServerAnswer } from './server-answer.ts';
import type { ProbeId } from './plan.ts';

/** Question that the probe answers: whether the server refuses a request without challenge, with `plain`, or without verifier. */
export type Question = 'no-challenge' | 'plain' | 'no-verifier';

/** The answer to one question of the probe. */
export interface Conclusion {
  readonly question: Question;
  readonly asked: string;
  /** `refused`: as required. `not-refused`: the request was accepted. `unknown`: the answers do not decide it. */
  readonly result: 'refused' | 'not-refused' | 'unknown';
  /** What was seen and what it shows. */
  readonly concluded: string;
  /** What it does not show; empty for nothing. */
  readonly open: string;
}

const AFTER_LOGIN =
  'Whether the server would refuse after a login (as it does for the switch of the whole org) cannot be seen without a user.';

/** Concludes from the answers to the whole plan; a missing answer was never received. */
export function conclude(answers: ReadonlyMap<ProbeId, ServerAnswer>): readonly Conclusion[] {
  const answer = (id: ProbeId): ServerAnswer => answers.get(id) ?? { kind: 'unclear', reason: 'There was no answer.' };
  const token = answer('token-control');
  const speaks = token.kind === 'refused' && token.error !== '';
  return [
    authorization(
      'no-challenge',
      'Is an authorization request without a code_challenge refused?',
      answer('control'),
      answer('no-challenge'),
      speaks,
    ),
    authorization(
      'plain',
      'Is an authorization request with code_challenge_method=plain refused?',
      answer('control'),
      answer('plain'),
      speaks,
    ),
    exchange(answer('token-control'), answer('token-no-verifier')),
  ];
}

/** Returns the exit code. 0: refused without a challenge, and nothing was accepted. 1: something was accepted. 3: cannot be determined. */
export function probeExit(conclusions: readonly Conclusion[]): 0 | 1 | 3 {
  if (conclusions.some(({ result }) => result === 'not-refused')) return 1;
  return conclusions.some(({ question, result }) => question === 'no-challenge' && result === 'refused') ? 0 : 3;
}

function authorization(
  question: 'no-challenge' | 'plain',
  asked: string,
  control: ServerAnswer,
  own: ServerAnswer,
  speaks: boolean,
): Conclusion {
  const about = { question, asked };
  if (control.kind !== 'let-through') {
    const why = `Even the request with S256 was not let through (${words(control)}), so a refusal would say nothing about PKCE.`;
    return { ...about, result: 'unknown', concluded: why, open: hint(control) };
  }
  switch (own.kind) {
    case 'refused':
      if (!isAboutPkce(own)) {
        return {
          ...about,
          result: 'unknown',
          concluded: `It was refused (${words(own)}), but not with an error that speaks of PKCE; a firewall or a limit may answer so.`,
          open: 'Try again later, or open both addresses in a browser and compare.',
        };
      }
      return {
        ...about,
        result: 'refused',
        concluded: `It was refused (${words(own)}) while the same request with S256 was let through to the login.`,
        open: '',
      };
    case 'granted':
    case 'let-through':
      if (own.kind === 'let-through' && (own.status !== control.status || own.shape !== control.shape)) {
        return {
          ...about,
          result: 'unknown',
          concluded:
            'It was answered otherwise than the request with S256, and not with an error that could be recognised.',
          open: 'Open both addresses in a browser and compare.',
        };
      }
      if (!speaks) {
        return {
          ...about,
          result: 'unknown',
          concluded: 'A page came, but the token endpoint did not answer as an authorization server does.',
          open: 'Check the login URL.',
        };
      }
      return {
        ...about,
        result: 'not-refused',
        concluded: 'It was let through to the login, just like the request with S256.',
        open: AFTER_LOGIN,
      };
    case 'unclear':
      return { ...about, result: 'unknown', concluded: own.reason, open: 'Try again later.' };
  }
}

/** Returns whether an error concerns PKCE: `invalid_request` is what RFC 7636 §4.4.1 prescribes; other errors must mention it. */
function isAboutPkce({ error, description }: Extract<ServerAnswer, { kind: 'refused' }>): boolean {
  return error === 'invalid_request' || /challenge|pkce|verifier/i.test(`${error} ${description}`);
}

function exchange(control: ServerAnswer, own: ServerAnswer): Conclusion {
  const about = {
    question: 'no-verifier',
    asked: 'Is a token request without a code_verifier refused for that?',
  } as const;
  if (own.kind === 'granted') {
    return {
      ...about,
      result: 'not-refused',
      concluded: 'A made-up code without a verifier was answered with tokens.',
      open: '',
    };
  }
  if (own.kind !== 'refused' || control.kind !== 'refused') {
    const odd = own.kind === 'unclear' ? own : control;
    return {
      ...about,
      result: 'unknown',
      concluded: `The answers do not decide it (${words(odd)}).`,
      open: 'Try again later.',
    };
  }
  const differs = own.error !== control.error || own.description !== control.description;
  if (differs && /verifier|challenge|pkce/i.test(`${own.error} ${own.description}`)) {
    return {
      ...about,
      result: 'refused',
      concluded: `It was refused for the missing verifier (${words(own)}); with a verifier the made-up code itself was refused (${words(control)}).`,
      open: '',
    };
  }
  return {
    ...about,
    result: 'unknown',
    concluded: `Both token requests were refused (without a verifier: ${words(own)}; with one: ${words(control)}), and a made-up code is refused anyway.`,
    open: 'Only a real login gives a code with which this can be seen; run the suites with a client, or try it by hand in a sandbox.',
  };
}

function words(answer: ServerAnswer): string {
  switch (answer.kind) {
    case 'refused': {
      const said = [answer.error, answer.description].filter((part) => part !== '').join(': ');
      return said === '' ? `status ${String(answer.status)}` : said;
    }
    case 'unclear':
      return answer.reason.replace(/\.$/, '');
    case 'let-through':
      return 'let through';
    case 'granted':
      return 'tokens were given';
  }
}

function hint(control: ServerAnswer): string {
  const text = words(control);
  if (/redirect_uri/i.test(text)) return 'Name a callback URL of the app with --redirect-uri, character for character.';
  if (/client_id|client identifier|invalid_client|app_not_found/i.test(text)) {
    return 'Check the client id, and whether the app lives in the org behind this login URL; a new app takes some minutes to be known.';
  }
  return 'Find out why the server refuses this app, then probe again.';
}
