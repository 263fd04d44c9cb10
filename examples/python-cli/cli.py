"""A command line tool on Salesforce: python3 cli.py login | limits | refresh | status | logout

Nothing in it is made for tests; conformance.config.yaml names its commands, that is all.
"""

import http.server
import os
import sys
import threading
import urllib.parse
import webbrowser

import salesforce

#: How long the user may take.
USER_S = 120


class Callback(http.server.ThreadingHTTPServer):
    """The listener that the browser comes back to (RFC 8252, section 7.3)."""

    def __init__(self, registered):
        uri = urllib.parse.urlsplit(registered)
        super().__init__((uri.hostname, uri.port or 0), Handler)
        self.path = uri.path
        self.redirect_uri = f"http://{uri.hostname}:{self.server_port}{uri.path}"
        self.state = None
        self.query = None
        self.came = threading.Event()

    def wait(self, state):
        """The query of the callback with this state; nothing else ends the wait."""
        self.state = state
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        if not self.came.wait(USER_S):
            raise salesforce.ConnectAgain("the user did not sign in")
        self.shutdown()
        return self.query


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        mine = url.path == self.server.path and query.get("state") == self.server.state and not self.server.came.is_set()
        text = b"You can close this page now." if mine else b"There is nothing to do here."
        self.send_response(200 if mine else 400)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(text)
        if mine:
            self.server.query = query
            self.server.came.set()

    def log_message(self, *_):
        """The code is in the request line: it is not for a log."""


def login():
    callback = Callback(os.environ.get("SF_REDIRECT_URI", "http://127.0.0.1:0/callback"))
    url, state, verifier = salesforce.new_login(callback.redirect_uri)
    if not webbrowser.open(url):
        print(f"Open this in a browser:\n{url}", flush=True)
    query = callback.wait(state)
    issuer = query.get("iss")
    if issuer is not None and urllib.parse.urlsplit(issuer)[:2] != urllib.parse.urlsplit(salesforce.LOGIN_URL)[:2]:
        raise salesforce.ConnectAgain("the callback came from another server")
    if "code" not in query:
        raise salesforce.ConnectAgain("the login was refused")
    salesforce.connect(query["code"], verifier, callback.redirect_uri)
    print("Connected.")


def limits():
    status, text = salesforce.get("/services/data/v67.0/limits")
    if status >= 300:
        raise salesforce.NotNow(f"the API answered {status}")
    print(f"{len(text)} characters of limits.")


def refresh():
    tokens = salesforce.load()
    salesforce.renew(tokens and tokens["access_token"])
    print("Refreshed.")


def status():
    if salesforce.load() is None:
        raise salesforce.ConnectAgain("not connected")
    print("Connected.")


def logout():
    salesforce.disconnect()
    print("Logged out.")


COMMANDS = {"login": login, "limits": limits, "refresh": refresh, "status": status, "logout": logout}

if __name__ == "__main__":
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        sys.exit(__doc__)
    try:
        command()
    except salesforce.ConnectAgain as problem:
        sys.exit(f"{problem}: python3 cli.py login")
    except salesforce.NotNow as problem:
        sys.exit(str(problem))
