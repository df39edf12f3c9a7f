"""What a procedure costs, in the words of a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from motcua_desktop.domain.procedure import Fee
from motcua_desktop.domain.text import in_figures

if TYPE_CHECKING:
    from motcua_desktop.domain.tariff import Tariff

BY_PROVINCE = "theo nghị quyết của HĐND tỉnh"
_CHANNEL_NAMES = {"counter": "Trực tiếp", "post": "Dịch vụ bưu chính", "assisted_online": "Trực tuyến"}


def fee_text(fees: Iterable[Fee], channel: str, tariff: Tariff | None = None) -> str:
    """The fee on one channel: by the tariff where there is one, else by the catalogue; "" where neither knows."""
    if tariff is not None:
        return tariff.words
    name = _CHANNEL_NAMES.get(channel, "")
    told = [_one(fee) for fee in fees if not fee.channels or name in fee.channels]
    return "; ".join(dict.fromkeys(text for text in told if text))


def _one(fee: Fee) -> str:
    if fee.set_by_province:
        return BY_PROVINCE
    if fee.amount_vnd is None:
        return ""
    if fee.amount_vnd == 0:
        return "miễn phí"
    amount = in_figures(fee.amount_vnd)
    return f"{amount} đồng/{fee.unit.lstrip('/')}" if fee.unit else f"{amount} đồng"
