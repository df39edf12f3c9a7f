"""The derived tables against the ledger: sound ones agree, spoiled ones are named."""

from __future__ import annotations

import pytest

from motcua_desktop.domain.errors import EnvironmentFault
from motcua_desktop.store import comparison
from motcua_desktop.store.store import Store
from tests.store.test_ledger import filled


def differences(store: Store) -> list[str]:
    with store.read() as connection:
        return list(comparison.differences(connection))


def test_a_sound_store_agrees_with_its_ledger(store: Store) -> None:
    filled(store)
    assert differences(store) == []
    with store.write() as transaction:
        comparison.check_search(transaction)


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("UPDATE dossier SET status = 'finished' WHERE number = 1", 1),
        ("UPDATE dossier SET due_ms = due_ms + 1 WHERE number < 3", 2),
        ("DELETE FROM dossier WHERE number = 2", 2),
        ("DELETE FROM external_code WHERE code = 'G15-2'", 1),
        ("UPDATE usage SET times = 9", 1),
        ("UPDATE setting SET json = '{}'", 1),
        ("DELETE FROM setting", 1),
        ("DELETE FROM day_decision WHERE kind = 'work'", 1),
    ],
)
def test_a_spoiled_table_is_named(store: Store, statement: str, count: int) -> None:
    filled(store)
    with store.write() as transaction:
        transaction.execute(statement)
    assert len(differences(store)) == count


def test_a_search_index_that_lost_a_row_is_found(store: Store) -> None:
    filled(store)
    with store.write() as transaction:
        transaction.execute("INSERT INTO search (search) VALUES ('delete-all')")
    with pytest.raises(EnvironmentFault) as told, store.write() as transaction:
        comparison.check_search(transaction)
    assert told.value.problem.number == "MC-132"
