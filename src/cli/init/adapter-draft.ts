/** The adapter that `init` writes, to be filled with calls of the partner's own code. Pure. */
import type { Answers, Draft } from './answers.ts';

const JAVASCRIPT = `// Lets sf-conformance move your client: one JSON object a line in, one a line out. Fill in authorize and call.
import { createInterface } from 'node:readline';

const say = (line) => console.log(JSON.stringify(line));

const verbs = {
  // Start a login with these: SF_LOGIN_URL (stands in for https://login.salesforce.com), SF_CLIENT_ID, SF_REDIRECT_URI,
  // SF_SCOPES, and SF_CLIENT_SECRET for a confidential client. Keep tokens in the folder SF_STATE_DIR.
  // Instead of opening a browser: say({ event: 'open', url: authorizationUrl }). Return when the login has ended.
  async authorize() {
    throw new Error('adapter.mjs: authorize does not call your client yet');
  },
  // One ordinary API call, with whatever refresh and retry your client does by itself. Return { status } of its answer.
  // When your client asks its user to connect again, throw Object.assign(new Error('…'), { reauthorize: true }).
  async call() {
    throw new Error('adapter.mjs: call does not call your client yet');
  },
  // Where your client can: refresh(), status() → { connected }, disconnect().
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: verb } = JSON.parse(line);
  if (!Object.hasOwn(verbs, verb)) say({ id, unsupported: true });
  else
    verbs[verb]().then(
      (answer) => say({ id, ok: true, ...answer }),
      (error) => say({ id, ok: false, error: error.message, reauthorize: error.reauthorize === true }),
    );
}
`;

const PYTHON = `"""Lets sf-conformance move your client: one JSON object a line in, one a line out. Fill in authorize and call."""

import json
import sys
import threading

LOCK = threading.Lock()


def say(line):
    with LOCK:
        print(json.dumps(line), flush=True)


class ConnectAgain(Exception):
    """Raise it when your client asks its user to connect again."""


def authorize():
    # Start a login with these variables: SF_LOGIN_URL (stands in for https://login.salesforce.com), SF_CLIENT_ID,
    # SF_REDIRECT_URI, SF_SCOPES, and SF_CLIENT_SECRET for a confidential client. Keep tokens in the folder SF_STATE_DIR.
    # Instead of opening a browser: say({"event": "open", "url": authorization_url}). Return when the login has ended.
    raise NotImplementedError("adapter.py: authorize does not call your client yet")


def call():
    # One ordinary API call, with whatever refresh and retry your client does by itself. Return {"status": 200}.
    raise NotImplementedError("adapter.py: call does not call your client yet")


# Where your client can, also: "refresh", "status" (returns {"connected": True}), "disconnect".
VERBS = {"authorize": authorize, "call": call}


def answer(ask):
    verb = VERBS.get(ask["do"])
    if verb is None:
        say({"id": ask["id"], "unsupported": True})
        return
    try:
        say({"id": ask["id"], "ok": True, **(verb() or {})})
    except Exception as error:
        say({"id": ask["id"], "ok": False, "error": str(error), "reauthorize": isinstance(error, ConnectAgain)})


# Each request has a thread of its own: several can be open at once.
threads = []
for line in sys.stdin:
    thread = threading.Thread(target=answer, args=(json.loads(line),), daemon=True)
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join(timeout=4)
`;

/** How each is started. */
export const ADAPTERS = {
  javascript: { file: 'adapter.mjs', command: ['node', 'adapter.mjs'], text: JAVASCRIPT },
  python: { file: 'adapter.py', command: ['python3', 'adapter.py'], text: PYTHON },
} as const;

/** None for the drivers that need no code. */
export function adapterDraft({ driver, language }: Answers): Draft | undefined {
  if (driver !== 'adapter') return undefined;
  const { file, text } = ADAPTERS[language];
  return { path: file, text };
}
