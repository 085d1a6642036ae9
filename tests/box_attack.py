"""Who tries to find out what a voter voted in secret: all that the database and its files hold, every way to join."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.encoding import force_str

from voting.models import Ballot, Poll, SecretBallot

Order = list[str]
BOX, LEDGER = SecretBallot._meta.db_table, Ballot._meta.db_table


def rows_of(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what a statement reads."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def everything_stored() -> Iterator[tuple[str, str]]:
    """Yield each row of each table as text, with the name of its table."""
    for table in connection.introspection.table_names():
        for row in rows_of(f'SELECT * FROM "{table}"'):
            yield table, " ".join(force_str(bytes(one) if isinstance(one, memoryview) else one, errors="replace") for one in row)


def orders_of_the_box(poll: Poll) -> dict[str, Order]:
    """Return the receipt codes in each order that the box, its rows and its files have."""
    found = {
        "as it is read": [code for (code,) in rows_of(f"SELECT code FROM {BOX} WHERE poll_id = %s", poll.pk)],
        "by key": [code for (code,) in rows_of(f"SELECT code FROM {BOX} WHERE poll_id = %s ORDER BY id", poll.pk)],
        "by receipt": [code for (code,) in rows_of(f"SELECT code FROM {BOX} WHERE poll_id = %s ORDER BY code", poll.pk)],
    }
    if connection.vendor == "postgresql":
        for hidden in ("ctid", "xmin::text::bigint, cmin::text::bigint, ctid"):
            found[f"by {hidden}"] = [
                code for (code,) in rows_of(f"SELECT code FROM {BOX} WHERE poll_id = %s ORDER BY {hidden}", poll.pk)
            ]
    else:
        found["by rowid"] = [code for (code,) in rows_of(f"SELECT code FROM {BOX} WHERE poll_id = %s ORDER BY rowid", poll.pk)]
        for path in files_of_sqlite():
            data = path.read_bytes()
            for name, place in (("first", data.find), ("last", data.rfind)):
                at = {code: place(code.encode()) for code in found["by key"]}
                found[f"{name} in {path.name}"] = sorted((code for code in at if at[code] >= 0), key=lambda code: at[code])
    return found


def orders_of_the_voters(poll: Poll, as_they_voted: Sequence[int]) -> dict[str, list[int]]:
    """Return the participants in each order in which the rows about their voting stand; first as they voted."""
    joined = f"FROM {LEDGER} l JOIN voting_mandate m ON m.id = l.mandate_id WHERE l.poll_id = %s"
    ways = ["l.id", "l.key", "m.id", "m.name"] + (["l.ctid", "l.xmin::text::bigint"] if connection.vendor == "postgresql" else [])
    found = {f"by {way}": [pk for (pk,) in rows_of(f"SELECT m.participant_id {joined} ORDER BY {way}", poll.pk)] for way in ways}
    seen = (
        "SELECT m.participant_id FROM voting_mandate m JOIN meetings_participant p ON p.id = m.participant_id "
        "JOIN people_user u ON u.person_id = p.person_id JOIN people_session s ON s.account_id = u.id "
        "WHERE m.poll_id = %s ORDER BY s.seen_at"
    )
    return {"as they voted": list(as_they_voted), **found, "by session": [pk for (pk,) in rows_of(seen, poll.pk)]}


def told_apart(truth: Mapping[int, str], voters: Sequence[int], codes: Order) -> int:
    """Return how many voters one finds the ballot of by laying two orders side by side, the better of both directions."""
    return max(sum(truth.get(voter) == code for voter, code in zip(voters, way, strict=False)) for way in (codes, codes[::-1]))


def likeness(truth: Mapping[int, str], voters: Sequence[int], codes: Order) -> float:
    """Return how like two orders are, from -1 to 1 (Spearman): who voted early, whose ballot lies early?"""
    place = {code: n for n, code in enumerate(codes)}
    places = [place[truth[voter]] for voter in voters if truth.get(voter) in place]
    ranks = {value: n for n, value in enumerate(sorted(places))}
    count = len(places)
    if count < 2:
        return 0.0
    return 1 - 6 * sum((n - ranks[value]) ** 2 for n, value in enumerate(places)) / (count * (count**2 - 1))


def by_transaction(poll: Poll) -> dict[int, str]:
    """Join ledger and box by the transaction that wrote the rows (PostgreSQL): whose ballot is which, where only one fits."""
    rows = rows_of(
        f"SELECT m.participant_id, b.code FROM {LEDGER} l JOIN voting_mandate m ON m.id = l.mandate_id "
        f"JOIN {BOX} b ON b.xmin = l.xmin AND b.poll_id = l.poll_id WHERE l.poll_id = %s",
        poll.pk,
    )
    return only_one(rows)


def by_commit(poll: Poll, codes: Sequence[str]) -> dict[int, str]:
    """Join ledger and box by the commit of SQLite's write-ahead log in which a key and a code stand for the first time."""
    keys = {
        str(key).replace("-", "").encode(): pk
        for key, pk in rows_of(
            f"SELECT l.key, m.participant_id FROM {LEDGER} l JOIN voting_mandate m ON m.id = l.mandate_id WHERE l.poll_id = %s",
            poll.pk,
        )
    }
    marks = {code.encode(): code for code in codes}
    pairs: list[tuple[int, str]] = []
    before: dict[int, bytes] = {}
    for pages in commits_of(Path(f"{database_file()}-wal")):
        come = [(page, before.get(number, page)) for number, page in pages]  # of a page not seen before one learns nothing
        new_keys = {key for key in keys if any(key in page and key not in old for page, old in come)}
        new_codes = {code for code in marks if any(code in page and code not in old for page, old in come)}
        if len(new_keys) == len(new_codes) == 1:
            pairs.append((keys[new_keys.pop()], marks[new_codes.pop()]))
        before |= dict(pages)
    return only_one(pairs)


def commits_of(wal: Path) -> Iterator[list[tuple[int, bytes]]]:
    """Yield the pages of each commit that a write-ahead log holds, with their numbers."""
    data = wal.read_bytes() if wal.exists() else b""
    if len(data) < 32:
        return
    (size,) = struct.unpack(">I", data[8:12])
    pages: list[tuple[int, bytes]] = []
    for at in range(32, len(data) - size, 24 + size):
        number, commits = struct.unpack(">II", data[at : at + 8])
        pages.append((number, data[at + 24 : at + 24 + size]))
        if commits:
            yield pages
            pages = []


def only_one(pairs: Sequence[tuple[Any, ...]]) -> dict[int, str]:
    """Return the pairs of those who are in one pair alone."""
    voters, codes = [voter for voter, _code in pairs], [code for _voter, code in pairs]
    return {voter: code for voter, code in pairs if voters.count(voter) == 1 and codes.count(code) == 1}


def pages_with_both(codes: Sequence[str], keys: Sequence[bytes]) -> int:
    """Return on how many pages of SQLite's files a receipt code stands beside the key of a voter's ballot."""
    found = 0
    for path in files_of_sqlite():
        data = path.read_bytes()
        for at in range(0, len(data), 4096):
            page = data[at : at + 4096]
            found += any(code.encode() in page for code in codes) and any(key in page for key in keys)
    return found


def copies_of(codes: Sequence[str]) -> int:
    """Return how often receipt codes stand in SQLite's files: twice each, in the box and its index, if nothing is left over."""
    return sum(data.count(code.encode()) for data in map(Path.read_bytes, files_of_sqlite()) for code in codes)


def files_of_sqlite() -> list[Path]:
    """Return the file of the database and what lies beside it."""
    name = database_file()
    return [path for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-journal")) if path.exists()]


def database_file() -> str:
    """Return where SQLite keeps the database."""
    return str(connection.settings_dict["NAME"])
