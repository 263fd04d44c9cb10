"""A Salesforce connection of one user, kept in one file. Python's standard library only.

Several processes may use the file at the same time: the one that refreshes holds a lock that the operating system gives back when
the process ends, reads the file again, and stores the new refresh token before anybody uses it.
"""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

LOGIN_URL = os.environ.get("SF_LOGIN_URL", "https://login.salesforce.com")
CLIENT_ID = os.environ.get("SF_CLIENT_ID", "")
SCOPES = os.environ.get("SF_SCOPES", "api refresh_token")
FOLDER = Path(os.environ.get("SF_STATE_DIR") or Path.home() / ".salesforce-cli")
FILE = FOLDER / "tokens.json"

DEADLINE_S = 30
#: Pauses before a refresh is tried again that Salesforce was busy with.
PAUSES_S = (0.3, 0.9)
#: Reasons of `invalid_grant` that pass: the token works again from another address, at another hour, or later.
PASSING = ("ip restricted", "login hours", "login rate")


class ConnectAgain(Exception):
    """Only the user can fix it."""


class NotNow(Exception):
    """It may work later; the tokens are kept."""


class Busy(NotNow):
    """Salesforce is working on another request with this very token."""


# --- the file ---


@contextlib.contextmanager
def alone():
    """One process at a time. Load, save and clear only inside, where the file is to be changed."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load():
    try:
        return json.loads(FILE.read_text())
    except FileNotFoundError:
        return None


def save(tokens):
    """Whole or not at all: a crash in between leaves the tokens of before."""
    fresh = FILE.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(tokens, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, FILE)


def clear():
    FILE.unlink(missing_ok=True)


# --- requests ---


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Tokens go to the host that they were meant for."""

    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(NoRedirects)


def send(request):
    """Status and text, whatever the status."""
    try:
        with _opener.open(request, timeout=DEADLINE_S) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode(errors="replace")
    except (OSError, ValueError, urllib.error.URLError) as cause:
        raise NotNow(f"Salesforce cannot be reached: {type(cause).__name__}") from None
    except Exception as cause:  # a broken answer (http.client.HTTPException)
        raise NotNow(f"the answer broke off: {type(cause).__name__}") from None


def token_request(**fields):
    body = urllib.parse.urlencode({"client_id": CLIENT_ID, **fields}).encode()
    status, text = send(urllib.request.Request(f"{LOGIN_URL}/services/oauth2/token", body))
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {}
    if not isinstance(answer, dict):
        answer = {}
    if status == 200 and isinstance(answer.get("access_token"), str):
        return answer
    if status == 400 and answer.get("error") == "invalid_grant":
        if "already being processed" in str(answer.get("error_description")):
            raise Busy("a refresh is under way elsewhere")
        if any(why in str(answer.get("error_description")) for why in PASSING):
            raise NotNow(str(answer.get("error_description")))
        raise ConnectAgain("the grant was rejected")
    raise NotNow(f"the token endpoint answered {status}")


def merged(answer, before):
    return {
        "access_token": answer["access_token"],
        # An answer without one leaves the old one valid (RFC 6749, section 6).
        "refresh_token": answer.get("refresh_token") or (before or {}).get("refresh_token"),
        "instance_url": answer.get("instance_url") or (before or {}).get("instance_url", LOGIN_URL),
    }


# --- what the command line needs ---


def new_login(redirect_uri):
    """The URL to open, the state that comes back with the callback, and the verifier that stays here."""
    verifier = secrets.token_urlsafe(32)
    state = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = urllib.parse.urlencode(
        {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": redirect_uri,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
    )
    return f"{LOGIN_URL}/services/oauth2/authorize?{query}", state, verifier


def connect(code, verifier, redirect_uri):
    with alone():
        save(
            merged(
                token_request(
                    grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=redirect_uri
                ),
                None,
            )
        )


def renew(stale):
    """The tokens that replace `stale`: a second caller finds them in the file and does not refresh."""
    with alone():
        tokens = load()
        if tokens is None:
            raise ConnectAgain("not connected")
        if tokens["access_token"] != stale:
            return tokens
        for pause in (*PAUSES_S, None):
            try:
                fresh = merged(
                    token_request(grant_type="refresh_token", refresh_token=tokens["refresh_token"]), tokens
                )
                save(fresh)
                return fresh
            except ConnectAgain:
                clear()
                raise
            except Busy:
                if pause is None:
                    raise
                time.sleep(pause)


def get(path):
    """One request to the API; an expired session is renewed once."""
    tokens = load()
    if tokens is None:
        raise ConnectAgain("not connected")
    status, text = _get(tokens, path)
    if status == 401 and "INVALID_SESSION_ID" in text:
        return _get(renew(tokens["access_token"]), path)
    return status, text


def _get(tokens, path):
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return send(urllib.request.Request(tokens["instance_url"] + path, headers=headers))


def disconnect():
    with alone():
        tokens = load()
        clear()
        if tokens and tokens["refresh_token"]:
            body = urllib.parse.urlencode({"token": tokens["refresh_token"]}).encode()
            with contextlib.suppress(NotNow):
                send(urllib.request.Request(f"{LOGIN_URL}/services/oauth2/revoke", body))
