"""What a notice says: that there is something to look up, under which reference, and why.

It goes to a mailbox that is "public-facing" (S2:178). So nothing here is read from the graph but
the notice's own kind, reference, rule and moment: no id, name, number, court, office or day of
anybody. The same notice is the same message, letter by letter, however often it is sent: by its
Message-ID a mailbox knows it again.
"""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final

import orjson

from graph.vocabulary.notices import ESCALATES_TO, NoticeKind

# What they are told, and what it is good for.
_SUBJECT: Final[dict[NoticeKind, str]] = {
    NoticeKind.FOJC_INFORM: "A failure to appear was recorded",
    NoticeKind.OFFICE_UNKNOWN: "A failure to appear was recorded",
    NoticeKind.ORR_NOTICE: "A failure to appear was recorded",
    NoticeKind.CONCERN_REFERRAL: "A concern was referred to you",
    NoticeKind.ESCALATION: "A follow-up needs somebody",
}
_TEXT: Final[dict[NoticeKind, str]] = {
    NoticeKind.FOJC_INFORM: (
        "A failure to appear at an immigration hearing was recorded. The Field Office Juvenile\n"
        "Coordinator is informed of it by this notice."
    ),
    NoticeKind.OFFICE_UNKNOWN: (
        "A failure to appear at an immigration hearing was recorded, and no field office is known\n"
        "whose Juvenile Coordinator could be informed of it: that is for OPLA to find out."
    ),
    NoticeKind.ORR_NOTICE: (
        "A failure to appear at an immigration hearing was recorded. The Office of Refugee\n"
        "Resettlement is notified of it by this notice."
    ),
    NoticeKind.CONCERN_REFERRAL: (
        "Somebody raised a concern that is yours to look at, by where it is said to be."
    ),
    NoticeKind.ESCALATION: (
        "A follow-up stands still: a notice was not acknowledged or could not be delivered, or a\n"
        "search came to no address."
    ),
}


def message(notice: Mapping[str, Any], sender: str, to: str, look_up_at: str | None) -> bytes:
    """The notice as a mail."""
    kind, raised_at = NoticeKind(notice["kind"]), _moment(notice["raisedAt"])
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = f"{_SUBJECT[kind]}: notice {notice['reference']}"
    mail["Message-ID"] = message_id(notice, sender)
    mail["Date"] = format_datetime(raised_at)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies to a program
    mail.set_content(_words(notice, kind, look_up_at), cte="7bit")
    return mail.as_bytes()


def message_id(notice: Mapping[str, Any], sender: str) -> str:
    """By which a mailbox knows a notice that comes twice."""
    return f"<{notice['reference']}@{sender.rpartition('@')[2]}>"


def payload(notice: Mapping[str, Any]) -> bytes:
    """The notice as the body of a webhook, shaped as Standard Webhooks has it."""
    told = {
        "type": "notice.raised",
        "timestamp": _moment(notice["raisedAt"]).isoformat(),
        "data": {
            "reference": notice["reference"],
            "kind": notice["kind"],
            **({"rule": notice["rule"]} if notice.get("rule") else {}),
        },
    }
    return orjson.dumps(told)


def _words(notice: Mapping[str, Any], kind: NoticeKind, look_up_at: str | None) -> str:
    reference = notice["reference"]
    parts = [_TEXT[kind], f"Reference: {reference}"]
    if kind is NoticeKind.ESCALATION and "escalates" in notice:
        parts[1] += f"\nIt is about notice: {notice['escalates']}"
    if "rule" in notice:
        parts.append(f"Why you are told: {notice['rule']}")
    parts.append(
        "Whom it is about is not said here. "
        + (f"Sign in and look it up:\n{look_up_at}{reference}" if look_up_at else _LOOK_UP)
    )
    if kind in ESCALATES_TO:
        parts.append("Acknowledge it there, so that nobody tells you again.")
    return "\n\n".join(parts) + "\n"


_LOOK_UP = "Sign in and look the reference up:\n`notice(reference:)`."


def _moment(at: Any) -> datetime:
    moment: datetime = at.to_native() if hasattr(at, "to_native") else at
    return moment.replace(microsecond=0)
