"""A client's token refresh, tested against a mock Salesforce: python3 -m unittest test_refresh"""
import base64, contextlib, hashlib, json, os, secrets, subprocess, unittest
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

COMMAND = os.environ.get("SF_CONFORMANCE", "npx sf-conformance").split()
CALLBACK = "http://127.0.0.1:8765/callback"

class Client:
    """The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out."""

    def __init__(self, env):
        self.env, self.verifier, self.state = env, secrets.token_urlsafe(48), secrets.token_urlsafe(16)

    def authorization_url(self):
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        return self.env["SF_LOGIN_URL"] + "/services/oauth2/authorize?" + urlencode(
            {"response_type": "code", "client_id": self.env["SF_CLIENT_ID"], "redirect_uri": CALLBACK, "state": self.state,
             "scope": self.env["SF_SCOPES"], "code_challenge": challenge, "code_challenge_method": "S256"})

    def ask_token(self, **form):
        body = urlencode({"client_id": self.env["SF_CLIENT_ID"], **form}).encode()
        return json.load(urlopen(self.env["SF_LOGIN_URL"] + "/services/oauth2/token", body))

    def finish_login(self, callback):
        answer = dict(parse_qsl(urlsplit(callback).query))
        assert answer["state"] == self.state
        self.tokens = self.ask_token(grant_type="authorization_code", code=answer["code"], redirect_uri=CALLBACK, code_verifier=self.verifier)

    def call(self):
        url, bearer = self.tokens["instance_url"] + "/services/data/v62.0/limits", "Bearer " + self.tokens["access_token"]
        return urlopen(Request(url, headers={"Authorization": bearer})).status

    def call_with_refresh(self):
        with contextlib.suppress(HTTPError):
            return self.call()
        answer = self.ask_token(grant_type="refresh_token", refresh_token=self.tokens["refresh_token"])
        self.tokens.update(answer if "DROP_NEW_TOKEN" not in os.environ else {"access_token": answer["access_token"]})
        return self.call()

class RefreshTest(unittest.TestCase):
    def setUp(self):  # The mock ends when its input is closed, or with this process.
        self.mock = subprocess.Popen([*COMMAND, "serve", "--headless", "--json", "--quiet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(self.mock.communicate)
        self.line = json.loads(self.mock.stdout.readline())

    def ask(self, path, body=None):
        data, headers = body if body is None else json.dumps(body).encode(), {"Authorization": "Bearer " + self.line["token"]}
        return json.load(urlopen(Request(self.line["controlUrl"] + path, data, headers)))

    def test_keeps_the_new_refresh_token(self):
        client = Client(self.ask("/env"))
        client.finish_login(self.ask("/sign-in", {"url": client.authorization_url()})["callback"])
        for _ in range(2):
            self.ask("/expire", {})
            with contextlib.suppress(HTTPError):  # The verdict says why.
                client.call_with_refresh()
        finding = self.ask("/grade", {"ids": ["RTR-02"]})["findings"][0]
        self.assertEqual("pass", finding["verdict"], f"RTR-02: {finding['message']}\nFix: {finding['fix']}")
