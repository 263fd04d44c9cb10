"""Lets sf-conformance move your client: one JSON object a line in, one a line out.

It works as it is, with an example client that never refreshes. Put your own in its place: login and query.
"""

import base64
import hashlib
import http.server
import json
import os
import pathlib
import secrets
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

LOCK = threading.Lock()


def say(line):
    with LOCK:
        print(json.dumps(line), flush=True)


class ConnectAgain(Exception):
    """Raise it when your client asks its user to connect again."""


def authorize():
    """A login. Hand over the authorization URL instead of opening a browser; return when the login has ended."""
    login(lambda url: say({"event": "open", "url": url}))


def call():
    """One ordinary API call, with whatever refresh and retry your client does by itself."""
    return {"status": query()}


# Where your client can, also: "refresh", "status" (returns {"connected": True}), "disconnect".
ACTIONS = {"authorize": authorize, "call": call}


def answer(ask):
    action = ACTIONS.get(ask["do"])
    if action is None:
        say({"id": ask["id"], "unsupported": True})
        return
    try:
        say({"id": ask["id"], "ok": True, **(action() or {})})
    except Exception as error:
        say({"id": ask["id"], "ok": False, "error": str(error), "reauthorize": isinstance(error, ConnectAgain)})


def main():
    # Each request has a thread of its own: several can be open at once.
    for line in sys.stdin:
        threading.Thread(target=answer, args=(json.loads(line),), daemon=True).start()


# ---- The example client: replace what follows by calls of your own. ----

ENV = os.environ
TOKENS = pathlib.Path(ENV.get("SF_STATE_DIR", "."), "tokens.json")


def login(open_url):
    verifier, state = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    callback = {}

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            callback.update(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"You can close this page now.")

        def log_message(self, *_):
            pass

    wanted = urllib.parse.urlsplit(ENV["SF_REDIRECT_URI"])
    with http.server.HTTPServer(("127.0.0.1", wanted.port or 0), Listener) as server:
        redirect = wanted._replace(netloc=f"{wanted.hostname}:{server.server_port}").geturl()
        asked = {
            "response_type": "code",
            "client_id": ENV["SF_CLIENT_ID"],
            "redirect_uri": redirect,
            "scope": ENV["SF_SCOPES"],
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        open_url(f"{ENV['SF_LOGIN_URL']}/services/oauth2/authorize?{urllib.parse.urlencode(asked)}")
        server.handle_request()
    if callback.get("state") != state:
        raise RuntimeError("the callback belongs to another login")
    if "error" in callback:
        raise RuntimeError(callback["error"])
    form = {
        "grant_type": "authorization_code",
        "code": callback["code"],
        "client_id": ENV["SF_CLIENT_ID"],
        "redirect_uri": redirect,
        "code_verifier": verifier,
    }
    if "SF_CLIENT_SECRET" in ENV:
        form["client_secret"] = ENV["SF_CLIENT_SECRET"]
    body = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(f"{ENV['SF_LOGIN_URL']}/services/oauth2/token", body, timeout=20) as reply:
        TOKENS.touch(mode=0o600)
        TOKENS.write_bytes(reply.read())


def query():
    tokens = json.loads(TOKENS.read_text())
    request = urllib.request.Request(
        tokens["instance_url"] + "/services/data/v62.0/limits",
        headers={"Authorization": "Bearer " + tokens["access_token"]},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"the API answered {error.code}, and the example client never refreshes") from error


if __name__ == "__main__":
    main()
