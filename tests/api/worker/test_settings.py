"""A worker whose settings would lose notices, or tell them to all, does not start."""

from datetime import UTC, datetime, timedelta

import pytest

from api.worker.book import load
from api.worker.retrying import again_at
from api.worker.settings import WorkerSettings, worker_settings
from graph.errors import UsageError
from graph.vocabulary.notices import NoticeKind
from tests.api.worker.conftest import BOOK
from tests.api.worker.hook import SECRET

NOON = datetime(2024, 8, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"SMTP_PORT": "0"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "none"}, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "plain", "SMTP_HOST": "mail.example"}, "SMTP_SECURITY"),
        ({"SMTP_USER": "tess"}, "SMTP_PASSWORD_FILE"),
        ({"HOURS_TO_ACKNOWLEDGE": "soon"}, "JSON"),
        ({"MOST_TRIES": "0"}, "MOST_TRIES"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_the_name_of_its_variable(monkeypatch, told, named):
    for name, value in told.items():
        monkeypatch.setenv(f"SPONSORGRAPH_WORKER_{name}", value)
    with pytest.raises(UsageError, match=named):
        worker_settings()


def test_a_target_is_local_and_can_be_none(monkeypatch):
    assert worker_settings().acknowledged_within(NoticeKind.ORR_NOTICE) == timedelta(days=2)
    monkeypatch.setenv(
        "SPONSORGRAPH_WORKER_HOURS_TO_ACKNOWLEDGE", '{"ORR_NOTICE": 5, "FOJC_INFORM": null}'
    )
    told = worker_settings()
    assert told.acknowledged_within(NoticeKind.ORR_NOTICE) == timedelta(hours=5)
    assert told.acknowledged_within(NoticeKind.FOJC_INFORM) is None
    assert told.acknowledged_within(NoticeKind.ESCALATION) is None


def test_a_recipient_is_found_by_name_and_else_by_the_first_part_of_it(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text(BOOK + '[recipients."fojc/HOUSTON"]\nmail = "houston@ice.example"\n')
    book = load(file)
    found = {name: book.find(name) for name in ("fojc/HOUSTON", "fojc/MIAMI", "ero-hq", "cps/TX")}
    mails = {name: one and one.mail for name, one in found.items()}
    assert mails == {
        "fojc/HOUSTON": "houston@ice.example", "fojc/MIAMI": "fojc@ice.example",
        "ero-hq": "hq@ice.example", "cps/TX": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "sender = ",
        'sender = "a@b.example"',
        BOOK + '[recipients."cps/*"]\n',
        BOOK + '[recipients."cps/*"]\nmail = "Ann <ann@b.example>"\n',
        BOOK + '[recipients."cps/*"]\nmail = "a@b.example\\r\\nBcc: c@d.example"\n',
        BOOK + '[recipients."cps/*"]\nwebhook = "https://cps.example"\n',
        BOOK + '[recipients."cps/*"]\nwebhook = "http://cps.example"\nsecret_file = "/x"\n',
        BOOK + '[recipients."cps/*"]\nwebhook = "https://u:p@cps.example"\nsecret_file = "/x"\n',
        BOOK + '[recipients."cps/*"]\nmail = "a@b.example"\nwebhook = "https://cps.example"\n',
        BOOK + '[recipients."cps/*"]\nwebhook = "https://cps.example"\nsecret_file = "/nowhere"\n',
    ],
)
def test_an_address_book_that_is_wrong_is_refused_at_the_start(tmp_path, wrong):
    file = tmp_path / "book.toml"
    file.write_text(wrong)
    with pytest.raises(UsageError):
        load(file)


def test_an_address_book_that_anybody_may_change_is_refused(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text(BOOK)
    file.chmod(0o666)
    with pytest.raises(UsageError, match="chmod"):
        load(file)


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    file = tmp_path / "book.toml"
    file.write_text(
        f'{BOOK}[recipients."cps/*"]\nwebhook = "https://cps.example"\nsecret_file = "{secret}"\n'
    )
    with pytest.raises(UsageError, match="chmod 600"):
        load(file)


def test_each_wait_is_longer_until_the_longest_and_half_of_it_is_drawn_by_lot():
    settings = WorkerSettings(seconds_to_first_retry=60, longest_seconds_to_retry=600)
    moments = [again_at(tries, NOON, settings, 1.0) for tries in range(1, 7)]
    waits = [moment and (moment - NOON).total_seconds() for moment in moments]
    assert waits == [60, 120, 240, 480, 600, 600]
    assert again_at(1, NOON, settings, 0.0) == NOON + timedelta(seconds=30)
    assert len({again_at(3, NOON, settings) for _ in range(20)}) > 10


def test_tries_end():
    settings = WorkerSettings(most_tries=3)
    assert again_at(2, NOON, settings) is not None
    assert again_at(3, NOON, settings) is None
