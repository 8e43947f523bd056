"""The child's end of the bridge: requests out, replies in, one JSON object per line in UTF-8.

Requests are the office's own verbs (see ``inside/``). A block of any size is one request, and `ask_all` sends many
requests in one message.
"""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from .failures import OfficeGoneError, failure

ENCODING = "utf-8"
SURROGATES = "surrogatepass"

Step = tuple[str, dict[str, Any]]


class Connection:
    """Speaks to one office. Not for use from several threads at once."""

    def __init__(self, replies: BinaryIO, requests: BinaryIO) -> None:
        self._replies = replies
        self._requests = requests
        self._number = 0
        self._facts: dict[str, Any] | None = None

    def ask(self, verb: str, **arguments: Any) -> Any:
        """Do one thing; raises OfficeError where the office cannot, OfficeGoneError where it is no longer there."""
        return self.ask_all([(verb, arguments)])[0]

    def ask_all(self, steps: Sequence[Step]) -> list[Any]:
        """Do several things in one message, in order; the first that fails raises its error, the rest is not done."""
        self._number += 1
        request = json.dumps({"id": self._number, "do": steps}, ensure_ascii=False).encode(ENCODING, SURROGATES)
        try:
            self._requests.write(request + b"\n")
            self._requests.flush()
            line = self._replies.readline()
        except (OSError, ValueError) as error:
            raise OfficeGoneError(str(error)) from error
        if not line.endswith(b"\n"):
            raise OfficeGoneError("the office closed the connection")
        reply = json.loads(line.decode(ENCODING, SURROGATES))
        if reply.get("id") != self._number:
            raise OfficeGoneError("the office answered another request")
        if "error" in reply:
            raise failure(reply["error"])
        results: list[Any] = reply["ok"]
        return results

    @property
    def office(self) -> dict[str, Any]:
        """The office's process number (`pid`), `version` and program folder (`path`)."""
        if self._facts is None:
            self._facts = dict(self.ask("office.facts"))
        return self._facts

    def close(self) -> None:
        """Let the office go on."""
        for pipe in (self._requests, self._replies):
            try:
                pipe.close()
            except OSError:
                continue
