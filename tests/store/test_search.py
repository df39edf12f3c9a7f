"""The one search: by whatever an officer has in the hand, newest first."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.dossier import Kind
from motcua_desktop.domain.event import Event
from motcua_desktop.store import dossiers
from motcua_desktop.store.dossiers import match_query
from motcua_desktop.store.store import Store
from tests.desks import append, intake_draft, more
from tests.factories import code_body

KEYS = {1: "0501126112000016", 2: "0501126112000028", 3: "0501126112000031"}
PEOPLE = (
    {"full_name": "Nguyễn Đình Hoà", "id_number": "011091000101", "phone": "0912345678"},
    {"full_name": "Đặng Thị Thúy", "id_number": "011191000202", "phone": "0987 654 321"},
    {"full_name": "H'Hen Niê", "id_number": "066195000303", "phone": "02153 838 999"},
)

SIGNS = (
    *(
        '"',
        '""',
        '"nguyen',
        "*",
        "**",
        "nguyen*",
        "OR",
        "AND",
        "NOT",
        "nguyen OR",
        "NEAR(a b)",
        "NEAR",
        "-",
        "- 1",
    ),
    *(
        "(",
        ")",
        "()",
        "^n",
        "a:b",
        "search_text:nguyen",
        "{a}",
        "+",
        "+84",
        "a AND b",
        "'",
        "';",
        "\\",
        "%",
        "_",
    ),
    *("?", "😀", "Nguyễn 😀", "\x00", "\ud800", "\u200b", "1" * 5000, "a" * 5000, "a " * 2000),
    *("1.", ".", "-1", "1-", "a-1", "--"),
)


@pytest.fixture
def people(store: Store) -> list[Event]:
    return append(
        store,
        *(
            intake_draft(n, {"applicant": person}, key=KEYS[n], request_id=None)
            for n, person in enumerate(PEOPLE, 1)
        ),
    )


def found(store: Store, text: str, limit: int = 50) -> list[int]:
    """The numbers of the dossiers that were found, in the order of the list."""
    with store.read() as connection:
        return [int(line.code[-4:]) for line in dossiers.find(connection, text, limit)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("H18.11.05-261120-0001", [1]),
        ("h18.11.05-261120-0001", [1]),
        (" H18.11.05-261120-0002\r\n", [2]),
        ("H181105261120 0002", [2]),
        ("H1811052611200002", [2]),
        ("261120-0003", [3]),
        ("2611200003", [3]),
        ("H18.11.05-261120", [3, 2, 1]),
        ("0003", [3]),
        ("0501126112000016", [1]),
        ("0501 1261 1200 0016", [1]),
        ("05011261", [3, 2, 1]),
        ("0028", [2]),
        ("011091000101", [1]),
        ("0110910", [1]),
        ("0202", [2]),
        ("0303", [3]),
        ("0912345678", [1]),
        ("0912.345.678", [1]),
        ("091 234 5678", [1]),
        ("0987654321", [2]),
        ("4321", [2]),
        ("8999", [3]),
        ("nguyen dinh hoa", [1]),
        ("NGUYỄN ĐÌNH HÒA", [1]),
        ("Hoà", [1]),
        ("hòa", [1]),
        ("thuý", [2]),
        ("Thúy", [2]),
        ("dang", [2]),
        ("đặng", [2]),
        ("\u00d0ặng", [2]),
        ("Đang\u0323 ", [2]),
        ("hoa nguyen", [1]),
        ("ngu", [1]),
        ("n", [3, 1]),
        ("H'Hen", [3]),
        ("H\u2019Hen Niê", [3]),
        ("hhen", [3]),
        ("nguyen 5678", [1]),
        ("5678 nguyen", [1]),
        ("nguyen 4321", []),
        ("hoa 0001", [1]),
        ("nguyen dang", []),
        ("khong ai ca", []),
        ("", []),
        ("   ", []),
        ("9999", []),
    ],
)
def test_a_dossier_is_found_by_what_is_in_the_hand(
    store: Store, people: list[Event], text: str, numbers: list[int]
) -> None:
    assert found(store, text) == numbers


@pytest.mark.parametrize("text", SIGNS)
def test_no_sign_of_a_query_language_does_harm(store: Store, people: list[Event], text: str) -> None:
    assert set(found(store, text)) <= {1, 2, 3}


def test_words_of_the_query_language_are_words_like_any_other(store: Store) -> None:
    names = ("Or Văn Not", "Near And", "Nguyễn Văn A")
    append(store, *(intake_draft(n, {"applicant": {"full_name": name}}) for n, name in enumerate(names, 1)))
    assert found(store, "or not") == [1]
    assert found(store, "NEAR") == [2]
    assert found(store, "NOT nguyen") == []
    assert found(store, "nguyen OR near") == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30))
def test_whatever_is_typed_gets_an_answer(store: Store, text: str) -> None:
    assert found(store, text) == []
    assert '"' not in match_query(text)


def test_the_newest_dossier_stands_first_and_the_list_ends_where_asked(store: Store) -> None:
    append(store, *(intake_draft(number) for number in range(1, 8)))
    assert found(store, "vang") == [7, 6, 5, 4, 3, 2, 1]
    assert found(store, "vang", limit=3) == [7, 6, 5]


def test_a_dossier_that_was_not_sent_is_found_and_says_so(store: Store, people: list[Event]) -> None:
    with store.write() as transaction:
        transaction.execute("UPDATE delivery SET state = 'accepted' WHERE event = ?", (people[0].id,))
        transaction.execute("UPDATE delivery SET state = 'refused' WHERE event = ?", (people[2].id,))
    with store.read() as connection:
        assert [line.sent for line in dossiers.find(connection, "0501126")] == [
            "refused",
            "queued",
            "accepted",
        ]
        assert dossiers.sending_state(connection, str(people[2].dossier)) == "refused"


def test_the_least_settled_event_speaks_for_the_dossier(store: Store, people: list[Event]) -> None:
    append(store, more(people[0], Kind.EXTERNAL_CODE_GIVEN, code_body("G15-1")))
    states = [
        ("accepted", "queued", "queued"),
        ("waiting", "sending", "waiting"),
        ("accepted", "accepted", "accepted"),
    ]
    for first, second, told in states:
        with store.write() as transaction:
            transaction.execute("UPDATE delivery SET state = ? WHERE event = ?", (first, people[0].id))
            transaction.execute(
                "UPDATE delivery SET state = ? WHERE dossier = ? AND event <> ?",
                (second, people[0].dossier, people[0].id),
            )
        with store.read() as connection:
            assert dossiers.sending_state(connection, str(people[0].dossier)) == told


@pytest.mark.parametrize(
    "text", ["G15.9-261120-7001", "g15.9-261120-7001", "G159261120", "261120-7001", "7001"]
)
def test_a_code_of_another_system_finds_the_dossier(store: Store, people: list[Event], text: str) -> None:
    append(store, more(people[1], Kind.EXTERNAL_CODE_GIVEN, code_body("G15.9-261120-7001")))
    append(store, more(people[1], Kind.EXTERNAL_CODE_GIVEN, code_body("VNPT-abc")))
    assert found(store, text) == [2]
    with store.read() as connection:
        for name in ("G15.9-261120-7001", "g15.9-261120-7001", "VNPT-abc", "vnpt-ABC", " VNPT-ABC "):
            dossier = dossiers.get(connection, name)
            assert dossier is not None
            assert dossier.number == 2


def test_a_dossier_is_got_by_each_of_its_names_and_by_no_part_of_them(
    store: Store, people: list[Event]
) -> None:
    names = (
        str(people[0].dossier),
        "H18.11.05-261120-0001",
        "h18.11.05-261120-0001",
        KEYS[1],
        KEYS[1] + "40718265",
        "0501 1261 1200 0016",
    )
    with store.read() as connection:
        for name in names:
            dossier = dossiers.get(connection, name)
            assert dossier is not None
            assert dossier.id == people[0].dossier
        for name in ("", "H18.11.05-261120", "0001", "0501", "khong co", "' OR 1=1", "-"):
            assert dossiers.get(connection, name) is None


def test_the_representative_is_found_like_the_applicant(store: Store) -> None:
    representative = {"full_name": "Lò Văn Đức", "id_number": "011080000404", "phone": "0333444555"}
    append(store, intake_draft(1, {"representative": representative}), intake_draft(2))
    for text in ("lo van duc", "011080000404", "0404", "0333444555", "4555"):
        assert found(store, text) == [1]


def test_a_person_is_known_from_earlier_dossiers(store: Store) -> None:
    append(
        store,
        intake_draft(1),
        intake_draft(2, procedure={**intake_draft().body["procedure"], "code": "1.000001"}),
    )
    with store.read() as connection:
        known = dossiers.person(connection, "011091000001")
        assert known is not None
        assert (known.times, known.open) == (2, 2)
        assert dossiers.person(connection, "") is None
        assert dossiers.person(connection, "011091000002") is None
        same = dossiers.same_open(connection, "011091000001", "1.000001")
        assert same is not None
        assert same.code.endswith("0002")
        assert dossiers.same_open(connection, "", "1.000001") is None
        assert dossiers.usage(connection) == {"2.000815": 1, "1.000001": 1}


@pytest.mark.parametrize("text", ["+84912345678", "+84 912 345 678", "0912.345.678"])
def test_a_phone_is_found_however_it_is_written(store: Store, text: str) -> None:
    append(store, intake_draft(1))
    assert found(store, text) == [1]
