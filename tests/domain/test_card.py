"""Identity cards as scanners deliver them, and everything else that gets scanned at a counter."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua_desktop.domain.card import CodeKind, IdentityCard, NotACard, check_number, read_card, read_date
from motcua_desktop.domain.numbers import desk_key
from tests.factories import moment

SEVEN = "011091000001|012345678|Vàng A Dế|15031991|Nam|Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên|15082021"
OWN_KEY = "0501126112000016"
FOREIGN_KEY = desk_key("1234", 3, moment("2026-11-20T08:00").date(), 7)

TWELVE = st.text("0123456789", min_size=12, max_size=12)
PIECES = st.text(st.characters(exclude_characters="|"), max_size=30)
DATES = st.sampled_from(["15031991", "1991", "00001950", "31022000", "15/03/1991", "", "x", "²³¹⁴", "١٩٩٩"])


def card(payload: str) -> IdentityCard:
    found = read_card(payload)
    assert isinstance(found, IdentityCard), found
    return found


def test_a_chip_card_of_seven_parts_is_read_field_by_field() -> None:
    assert card(SEVEN) == IdentityCard(
        "011091000001",
        "012345678",
        "Vàng A Dế",
        "1991-03-15",
        "Nam",
        "Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên",
        "2021-08-15",
    )


def test_the_card_of_2024_with_four_empty_parts_says_the_same() -> None:
    assert card(SEVEN + "||||") == card(SEVEN)


def test_an_empty_old_number_is_no_old_number() -> None:
    assert card(SEVEN.replace("012345678", "")).old_id is None


@pytest.mark.parametrize("missing", [1, 5, 6])
def test_a_card_of_six_parts_keeps_every_part_that_it_has(missing: int) -> None:
    parts = SEVEN.split("|")
    six = card("|".join(parts[:missing] + parts[missing + 1 :]))
    whole = card(SEVEN)
    assert (six.id_number, six.full_name, six.birth_date, six.gender) == (
        whole.id_number,
        whole.full_name,
        whole.birth_date,
        whole.gender,
    )
    assert six.old_id == (None if missing == 1 else whole.old_id)
    assert six.address == ("" if missing == 5 else whole.address)
    assert six.issued == ("" if missing == 6 else whole.issued)


@pytest.mark.parametrize(
    "dirty",
    [
        SEVEN + "\x00",
        SEVEN + "\r\n",
        SEVEN + "\r\n\x00\x00",
        "\ufeff" + SEVEN,
        "\x02" + SEVEN + "\x03",
        "  " + SEVEN.replace("|", " | ") + "\t",
        unicodedata.normalize("NFD", SEVEN),
        unicodedata.normalize("NFD", SEVEN) + "||||\r\n",
        SEVEN.replace("Đ", "\u00d0"),
        SEVEN.replace("Đ", "\u0189"),
        SEVEN.replace("Vàng A Dế", "Vàng\u00a0A  Dế"),
        SEVEN.replace("15031991", "15/03/1991"),
        SEVEN.replace("Nam", "NAM"),
    ],
    ids=repr,
)
def test_what_scanners_add_or_change_does_not_change_the_card(dirty: str) -> None:
    assert card(dirty) == card(SEVEN)


def test_a_birth_year_alone_stays_a_year() -> None:
    assert card(SEVEN.replace("15031991", "1991")).birth_date == "1991"
    assert card(SEVEN.replace("15031991", "00001991")).birth_date == "1991"


def test_a_birth_date_that_does_not_exist_is_left_open_with_a_warning() -> None:
    found = card(SEVEN.replace("15031991", "31021991"))
    assert found.birth_date == ""
    assert [problem.number for problem in found.warnings] == ["MC-107"]


@pytest.mark.parametrize("name", ["Nam", "Nữ", "H'Hen Niê", "Y Moan Ênuôl", "K\u2019Brêu"])
def test_short_and_highland_names_are_read(name: str) -> None:
    found = card(SEVEN.replace("Vàng A Dế", name))
    assert found.full_name == name.replace("\u2019", "'")
    assert found.birth_date == "1991-03-15"


def test_the_address_of_three_tiers_warns_and_is_kept() -> None:
    old = "Bản Tả Phìn, xã Tả Phìn, huyện Tủa Chùa, tỉnh Điện Biên"
    found = card(SEVEN.replace("Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên", old))
    assert found.address == old
    assert [problem.number for problem in found.warnings] == ["MC-108"]


@pytest.mark.parametrize(
    "place", ["Phường 5, quận 3, TP. Hồ Chí Minh", "Phường 1, thị xã Mường Lay, tỉnh Điện Biên"]
)
def test_quarters_and_towns_of_the_old_order_warn_too(place: str) -> None:
    found = card(SEVEN.replace("Bản Tả Phìn, xã Tả Phìn, tỉnh Điện Biên", place))
    assert [problem.number for problem in found.warnings] == ["MC-108"]


def test_a_number_that_contradicts_the_card_only_warns() -> None:
    woman = card(SEVEN.replace("|Nam|", "|Nữ|"))
    older = card(SEVEN.replace("15031991", "15031981"))
    for found in (woman, older):
        assert found.id_number == "011091000001"
        assert [problem.number for problem in found.warnings] == ["MC-102"]


@pytest.mark.parametrize(
    ("number", "year", "gender"),
    [
        ("001099000001", "1999", "Nam"),
        ("001199000001", "1999", "Nữ"),
        ("001205000001", "2005", "Nam"),
        ("001305000001", "2005", "Nữ"),
        ("001401000001", "2101", "Nam"),
    ],
)
def test_a_number_that_agrees_does_not_warn(number: str, year: str, gender: str) -> None:
    assert check_number(number, year, gender) == ()
    assert check_number(number, f"{year}-01-31", "") == ()


@pytest.mark.parametrize(
    "number", ["ABCDEFGHIJKL", "01109100000x", "²³¹⁴²³¹⁴²³¹⁴", "٠١١٠٩١٠٠٠٠٠١", "", "011"]
)
@pytest.mark.parametrize("birth", ["1991-03-15", "²³¹⁴", "năm 1", "", "19"])
def test_checking_a_number_that_is_none_says_nothing(number: str, birth: str) -> None:
    assert check_number(number, birth, "Nam") == ()


BANK = "00020101021238540010A00000072701240006970436011012345678905204000053037045802VN6304A13F"
INSURED = "DN4010112345678|4e677579e1bb856e|15/03/1991|1|"


@pytest.mark.parametrize(
    ("scanned", "kind"),
    [
        (BANK, CodeKind.BANK),
        (INSURED, CodeKind.INSURANCE),
        ("0123456789|4e677579e1bb856e|15/03/1991|1|", CodeKind.INSURANCE),
        ("https://vneid.gov.vn/qr/abc", CodeKind.VNEID),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0", CodeKind.VNEID),
        ("https://dichvucong.gov.vn/x?a=1", CodeKind.LINK),
        ("www.example.vn", CodeKind.LINK),
        (OWN_KEY, CodeKind.OWN_KEY),
        (OWN_KEY + "40718265", CodeKind.OWN_KEY),
        ("0501 1261 1200 0016\r\n", CodeKind.OWN_KEY),
        (FOREIGN_KEY, CodeKind.OWN_KEY),
        (OWN_KEY[:-1] + "7", CodeKind.UNKNOWN),
        ("H18.11.05-261120-0001", CodeKind.DOSSIER_CODE),
        ("000.00.12.H03-180725-0001", CodeKind.DOSSIER_CODE),
        ("h18.11.05-261120-0001\n", CodeKind.DOSSIER_CODE),
        ("011091000001", CodeKind.ID_NUMBER),
        ("012345678", CodeKind.ID_NUMBER),
        ("", CodeKind.UNKNOWN),
        ("|||||||", CodeKind.UNKNOWN),
        ("8934563138165", CodeKind.UNKNOWN),
        ("01109100000١||Vàng A Dế|15031991|Nam|Bản|15082021", CodeKind.UNKNOWN),
        ("٠١١٠٩١٠٠٠٠٠١||Vàng A Dế|15031991|Nam|Bản|15082021", CodeKind.UNKNOWN),
        ("0110910000012||Vàng A Dế|15031991|Nam|Bản|15082021", CodeKind.UNKNOWN),
        ("x" * 100_000, CodeKind.UNKNOWN),
    ],
)
def test_what_is_not_a_card_is_called_by_its_name(scanned: str, kind: CodeKind) -> None:
    found = read_card(scanned)
    assert isinstance(found, NotACard)
    assert found.looks_like is kind


def test_a_receipt_of_any_office_gives_its_sixteen_digits() -> None:
    for key in (OWN_KEY, FOREIGN_KEY):
        assert read_card(key) == read_card(key + "40718265") == NotACard(CodeKind.OWN_KEY, key)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15031991", "1991-03-15"),
        ("5/3/1991", "1991-03-05"),
        ("15.03.1991", "1991-03-15"),
        ("1991", "1991"),
        ("1791", ""),
        ("29022023", ""),
        ("00001938", "1938"),
        ("1503199", ""),
        ("１５０３１９９１", ""),
        ("Nam", ""),
    ],
)
def test_a_date_is_read_only_where_the_calendar_has_it(text: str, said: str) -> None:
    assert read_date(text) == said


@settings(max_examples=500)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(payload: str) -> None:
    assert isinstance(read_card(payload), IdentityCard | NotACard)


@settings(max_examples=500)
@given(TWELVE, st.lists(st.one_of(PIECES, DATES, st.just("Nam"), st.just("Nữ")), min_size=1, max_size=14))
def test_no_card_breaks_the_reader_and_its_twelve_digits_stay(number: str, parts: list[str]) -> None:
    found = read_card("|".join([number, *parts]))
    if isinstance(found, IdentityCard):
        assert found.id_number == number


@given(TWELVE, st.dates(date(1900, 1, 1)).map(lambda d: f"{d:%d%m%Y}"), st.sampled_from(["Nam", "Nữ"]))
def test_twelve_digits_are_accepted_whatever_they_say(number: str, birth: str, gender: str) -> None:
    found = card(f"{number}||Vàng A Dế|{birth}|{gender}|Bản Tả Phìn|15082021")
    assert found.id_number == number
    assert {problem.number for problem in found.warnings} <= {"MC-102"}
