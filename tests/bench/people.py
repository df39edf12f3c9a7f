"""Invented people in any number: the same seed gives the same people in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from motcua_desktop.domain.dossier import Person

SEED = 20261120


def _words(text: str) -> list[str]:
    return text.split()


_FAMILIES = _words(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Vàng Giàng Lò Quàng Cà Tòng
    Sùng Thào Mùa Hạng Lầu Cứ Ly Chang Má Khoàng Pờ Lù Tẩn Chẻo Phùng Triệu Đinh Hà Mai Tô Trịnh
    """
)
_MIDDLES = _words(
    """
    Thị Văn A Hữu Đức Minh Thanh Quốc Xuân Thu Ngọc Kim Hồng Bích Anh Gia Bảo Khánh Seo Mí Y Công
    Đình Trọng Thế Mạnh Việt Phương Hải Tuấn Thùy Diệu Mỹ Như Quỳnh Tường
    """
)
_GIVEN = _words(
    """
    Dế Hoa Lan Huệ Mai Cúc Đào Nga Thảo Hương Nhung Hạnh Phúc Lộc Thọ An Bình Cường Dũng Giang
    Hà Hải Hiếu Hùng Khang Kiên Lâm Long Mạnh Nam Nghĩa Phong Quân Sơn Tài Thắng Tiến Trung Tú
    Tuyết Vân Vinh Yến Ánh Ẩn Oanh Uyên Ước Sáng Páo Dính Chứ Vừ Súa Mỷ Dợ Pàng Ché Sinh Thông
    Trang Trâm Trinh Trúc Xuyến Đạt Điệp Đông Đức
    """
)
_PLACES = (
    "Tả Phìn",
    "Sính Phình",
    "Trung Thu",
    "Lao Xả Phình",
    "Tả Sìn Thàng",
    "Huổi Só",
    "Xá Nhè",
    "Mường Đun",
)


def people() -> Iterator[Person]:
    """People without end; one in four is somebody who came before."""
    chance = Random(SEED)
    known: list[Person] = []
    while True:
        if known and chance.random() < 0.25:
            yield chance.choice(known)
            continue
        person = _person(chance)
        if len(known) < 20_000:
            known.append(person)
        yield person


def _person(chance: Random) -> Person:
    name = f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"
    year, woman = chance.randrange(1940, 2009), chance.randrange(2)
    century = (year // 100 - 19) * 2 + woman
    place, province = chance.choice(_PLACES), chance.choice(("011", "012", "010", "001"))
    return Person(
        full_name=name,
        id_number=f"{province}{century}{year % 100:02d}{chance.randrange(10**6):06d}",
        birth_date=f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        gender="Nữ" if woman else "Nam",
        address=f"Bản {place} {chance.randrange(1, 9)}, xã Tả Phìn, tỉnh Điện Biên",
        phone=f"0{chance.choice(('91', '98', '36', '83', '70'))}{chance.randrange(10**7):07d}",
    )
