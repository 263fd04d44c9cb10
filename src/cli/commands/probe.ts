import { HarnessError } from '../../errors.ts';
import { probe } from '../../probe/probe.ts';
import { canAsk } from '../asking.ts';
import type { Action, Invocation } from '../command.ts';
import { usage } from '../usage.ts';

/** Probes a login server and resolves with the exit code. 0: PKCE is required. 1: a request without PKCE was accepted. 3: cannot be
 * determined. Sends nothing before the user has seen and confirmed it.
 * @throws HarnessError `usage`, `probe-url`, `probe-client-id`, `probe-redirect-uri`, `probe-declined` (exit 2) */
export const action: Action = async (invocation) => {
  const { flags, terminal } = invocation;
  const { exit, output, ...found } = await probe({
    loginUrl: needed(flags['login-url'], '--login-url', 'Name the login URL of the org: https://test.salesforce.com'),
    clientId: needed(flags['client-id'], '--client-id', 'Name the consumer key of the app.'),
    ...(flags['redirect-uri'] === undefined ? {} : { redirectUri: flags['redirect-uri'] }),
    announce: (text) => agree(text, invocation),
  });
  terminal.print(flags.json === true ? JSON.stringify({ exit, ...found }, undefined, 2) : output);
  return exit;
};

function needed(value: string | undefined, flag: string, hint: string): string {
  if (value === undefined) throw usage(`The probe command needs ${flag}.`, hint);
  return value;
}

/** Asks for confirmation, because the requests go to a real server; scripts need the flag for it. */
async function agree(text: string, invocation: Invocation): Promise<void> {
  const { flags, terminal } = invocation;
  if (flags.yes === true) {
    terminal.say(text);
    return;
  }
  terminal.complain(text);
  if (!canAsk(invocation)) {
    throw usage('There is no terminal to ask on, so nothing was sent.', 'To send it without being asked: add --yes');
  }
  const { confirm } = await import('@clack/prompts');
  if ((await confirm({ message: 'Send them?', output: process.stderr })) !== true) {
    throw new HarnessError('probe-declined', 'Nothing was sent.', 'Run it again when it may be sent.');
  }
}
