"""A source is a place that can be looked up, or says that nobody has."""

from __future__ import annotations

import unicodedata

import pytest

from motcua_desktop.domain.source import is_verified, is_well_formed

LOOKED_UP = (
    "NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025)",
    "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3 (20/11/2019)",
    "TT 03/2025/TT-VPCP, Phụ lục I, mẫu số 05 (15/09/2025)",
    "TT 03/2025/TT-VPCP, Phụ lục I (15/09/2025)",
    "QĐ 188/1999/QĐ-TTg, Điều 1 (17/09/1999)",
    "TB 5015/TB-LĐTBXH, mục 1 và mục 2 (22/11/2023)",
    "NQ 66.7/2025/NQ-CP, điểm a khoản 2 (15/11/2025)",
    "BLDS 91/2015/QH13, Điều 147 (24/11/2015); NĐ 61/2018/NĐ-CP, Điều 19 (23/04/2018)",
    "TT 03/2025/TT-VPCP, Phụ lục I, mẫu số 01 (15/09/2025); chữ theo QĐ 3621/QĐ-BYT (24/11/2025)",
)
NOT_LOOKED_UP = (
    "",
    "Cổng Dịch vụ công quốc gia",
    "Quyết định công bố số 163/QĐ-BTP",
    "NĐ 118/2025/NĐ-CP (09/06/2025)",
    "NĐ 118/2025/NĐ-CP, Điều 11",
    "Điều 11 (09/06/2025)",
    "Bộ luật Lao động 2019, Điều 112 (20/11/2019)",
    "NĐ 118/2025/NĐ-CP, Điều 11 (9/6/2025)",
    "NĐ 118/2025/NĐ-CP, Điều 11 (31/02/2025)",
    "NĐ 118/2025/NĐ-CP, Điều khác (09/06/2025)",
    "NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025); Quyết định công bố số 163/QĐ-BTP",
    "Quyết định công bố số 163/QĐ-BTP; NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025)",
    "Cổng; NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025)",
)


@pytest.mark.parametrize("source", LOOKED_UP)
def test_an_instrument_with_its_place_and_its_day_can_be_relied_on(source: str) -> None:
    assert is_well_formed(source)
    assert is_well_formed(unicodedata.normalize("NFD", source))
    assert is_verified(source)


@pytest.mark.parametrize("source", NOT_LOOKED_UP)
def test_what_cannot_be_looked_up_must_say_so(source: str) -> None:
    assert not is_well_formed(source)
    assert is_well_formed(f"{source}; chưa kiểm chứng")


@pytest.mark.parametrize(
    "words", ["chưa kiểm chứng", "Chưa kiểm chứng", "CHƯA KIỂM  CHỨNG", "chưa kiểm\nchứng"]
)
def test_a_source_that_says_it_was_not_checked_is_not_verified_however_it_is_typed(words: str) -> None:
    for typed in (words, unicodedata.normalize("NFD", words)):
        assert not is_verified(f"NĐ 118/2025/NĐ-CP, Điều 11 (09/06/2025), thời hạn {typed}")
        assert is_well_formed(f"thời hạn {typed}")
