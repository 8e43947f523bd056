"""The JSON of the commands about mail. Pure."""

from __future__ import annotations

from typing import Any

from addin.mail.accounts import Account
from addin.mail.collect import Collection, FetchedFile, FetchedMessage
from addin.mail.compose import Letter
from addin.mail.correspondence import Done, Plan, Planned
from addin.mail.outbox import Item
from addin.mail.report import Sending
from validation import messages


def account(one: Account, has_secret: bool | None) -> dict[str, Any]:
    """One account; there is nothing secret in it."""
    return {
        "name": one.name,
        "address": one.address,
        "user": one.user,
        "method": one.method.value,
        "smtp": str(one.smtp) if one.smtp else None,
        "imap": str(one.imap) if one.imap else None,
        "folder": one.folder,
        "has_secret": has_secret,
    }


def letter(one: Letter) -> dict[str, Any]:
    """What is said to whom."""
    return {
        "to": list(one.to),
        "subject": one.subject,
        "body": one.body,
        "attachments": [{"name": a.name, "sha256": a.sha256, "size": len(a.data)} for a in one.attachments],
    }


def item(one: Item | None) -> dict[str, Any]:
    """Where a message stands in the outbox."""
    if one is None:
        return {"message_id": None, "recipients": []}
    return {
        "message_id": one.outgoing.message_id,
        "made_at": one.outgoing.made_at,
        "size": one.outgoing.size,
        "recipients": [
            {
                "address": r.address, "units": r.units.split(), "state": r.state, "tries": r.tries, "code": r.code,
                "answer": r.answer,
            }
            for r in one.recipients
        ],
    }  # fmt: skip


def sending(one: Sending, language: messages.Language) -> dict[str, Any]:
    """``send``: ``way`` is preview, draft, outbox or already; ``blocking`` and ``remarks`` are sentences."""
    return {
        "way": one.way.value,
        **letter(one.letter),
        "draft": str(one.draft) if one.draft else None,
        "blocking": [remark.sentence(language) for remark in one.preflight.blocking],
        "remarks": [remark.sentence(language) for remark in one.preflight.remarks],
        "done": one.done,
        **item(one.item),
    }


def collection(one: Collection, language: messages.Language) -> dict[str, Any]:
    """``collect``: one entry per message that brought something."""
    return {
        "mailbox": one.mailbox,
        "folder": one.folder,
        "taken": one.taken,
        "messages": [_message(message, language) for message in one.messages],
    }


def _message(one: FetchedMessage, language: messages.Language) -> dict[str, Any]:
    refusal = one.reason(language)
    return {
        "uid": one.uid,
        "message_id": one.message_id,
        "sender": one.sender,
        "unit": one.unit,
        "known": one.unit is not None,
        "subject": one.subject,
        "sent_at": one.sent_at,
        "error": {"code": one.refusal.code, "message": refusal} if one.refusal else None,
        "files": [_file(file, language) for file in one.files],
    }


def _file(one: FetchedFile, language: messages.Language) -> dict[str, Any]:
    return {
        "name": one.name,
        "outcome": one.fate.value,
        "sha256": one.sha256,
        "path": one.path,
        "code": one.refusal.code if one.refusal else None,
        "reason": one.reason(language),
    }


def plan(one: Plan) -> dict[str, Any]:
    """Letters to units before they go out; ``state`` null where a letter is new."""
    return {
        "letters": [_planned(planned) for planned in one.letters],
        "without_address": [{"unit": left.unit, "name": left.name} for left in one.without_address],
    }


def _planned(one: Planned) -> dict[str, Any]:
    return {
        "units": list(one.units),
        "vouched_for": one.vouched_for,
        "state": one.earlier.value if one.earlier else None,
        **letter(one.letter),
    }


def done(one: Done) -> dict[str, Any]:
    """A plan that was carried out."""
    return {**plan(one.plan), "sent": [item(each) for each in one.items], "done": one.everything}
