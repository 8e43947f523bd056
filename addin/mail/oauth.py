"""Tokens for servers that take no passwords any more: a refresh token is kept, an access token fetched for each run.

Source: RFC 6749 (refresh), RFC 8628 (device code: the clerk types a short code into a page in her own browser).
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from addin.mail import credentials
from addin.mail.accounts import Account, Method, OAuth
from addin.mail.credentials import SecretStore
from addin.mail.problems import LoginRefused, MailProblem, NotReached, not_connected
from addin.mail.tls import PATIENT, Timeouts, trust

_LARGEST_ANSWER = 1 << 20
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What the clerk has to do: open ``page`` in a browser and type ``user_code``. Seconds."""

    user_code: str
    page: str
    code: SecretStr
    interval: float
    expires_in: float


def login_secret(account: Account, store: SecretStore | None = None, timeouts: Timeouts = PATIENT) -> SecretStr:
    """What a server is shown: the password, or an access token fresh from the provider.

    Raises MailProblem of the store, LoginRefused ``mail_token_refused`` where the provider wants a new log-in, and
    NotReached.
    """
    kept = credentials.secret_of(account, store)
    if account.method is Method.PASSWORD or account.oauth is None:
        return kept
    answer = _post(account, account.oauth.token_url, {
        "grant_type": "refresh_token", "refresh_token": kept.get_secret_value(),
        "client_id": account.oauth.client_id, "scope": account.oauth.scope,
    }, timeouts)  # fmt: skip
    if "access_token" not in answer:
        raise LoginRefused("mail_token_refused", name=account.name, problem=answer.get("error", ""))
    renewed = answer.get("refresh_token")
    if isinstance(renewed, str) and renewed != kept.get_secret_value():
        # Microsoft gives a new one each time and lets the old one die.
        credentials.keep_secret(account, SecretStr(renewed), store)
    return SecretStr(str(answer["access_token"]))


def ask_device_code(account: Account, timeouts: Timeouts = PATIENT) -> DeviceCode:
    """Begin a log-in in the browser. Raises MailProblem ``mail_token_refused`` and NotReached."""
    oauth = _oauth(account)
    answer = _post(account, oauth.device_url, {"client_id": oauth.client_id, "scope": oauth.scope}, timeouts)
    try:
        return DeviceCode(
            user_code=str(answer["user_code"]),
            page=str(answer.get("verification_uri") or answer["verification_url"]),
            code=SecretStr(str(answer["device_code"])),
            interval=float(answer.get("interval", 5)),
            expires_in=float(answer.get("expires_in", 900)),
        )
    except (KeyError, ValueError, TypeError):
        raise LoginRefused("mail_token_refused", name=account.name, problem=answer.get("error", "")) from None


def await_refresh_token(
    account: Account, code: DeviceCode, wait: Callable[[float], None] = time.sleep, timeouts: Timeouts = PATIENT
) -> SecretStr:
    """Wait until the clerk has logged in. Raises LoginRefused ``mail_token_refused``, and NotReached."""
    oauth = _oauth(account)
    interval, waited = code.interval, 0.0
    fields = {"grant_type": _DEVICE_GRANT, "device_code": code.code.get_secret_value(), "client_id": oauth.client_id}
    while waited < code.expires_in:
        wait(interval)
        waited += interval
        answer = _post(account, oauth.token_url, fields, timeouts)
        if answer.get("refresh_token"):
            return SecretStr(str(answer["refresh_token"]))
        match answer.get("error"):
            case "authorization_pending":
                continue
            case "slow_down":
                interval += 5
            case problem:
                raise LoginRefused("mail_token_refused", name=account.name, problem=problem or "")
    raise LoginRefused("mail_token_refused", name=account.name, problem="expired_token")


def _oauth(account: Account) -> OAuth:
    if account.oauth is None:
        raise MailProblem("mail_account_broken", problem="oauth")
    return account.oauth


def _post(account: Account, url: str, fields: dict[str, str], timeouts: Timeouts) -> dict[str, Any]:
    """The provider's JSON answer, also where it says no."""
    request = urllib.request.Request(url, urllib.parse.urlencode(fields).encode())
    host = urllib.parse.urlsplit(url).netloc
    try:
        with urllib.request.urlopen(request, timeout=timeouts.connect, context=trust(account)) as answer:
            text = answer.read(_LARGEST_ANSWER)
    except urllib.error.HTTPError as problem:
        with problem:
            if problem.code >= 500:
                raise NotReached("mail_unreachable", server=host, problem=problem.code) from None
            text = problem.read(_LARGEST_ANSWER)
    except urllib.error.URLError as problem:
        reason = problem.reason if isinstance(problem.reason, OSError) else OSError(str(problem.reason))
        raise not_connected(reason, host) from None
    except OSError as problem:
        raise not_connected(problem, host) from None
    try:
        data = json.loads(text)
    except ValueError:
        raise NotReached("mail_unreachable", server=host, problem="JSON") from None
    return data if isinstance(data, dict) else {}
