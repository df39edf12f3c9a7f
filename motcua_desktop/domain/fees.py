"""What a procedure costs, in the words of a receipt."""

from __future__ import annotations

from collections.abc import Iterable

from motcua_desktop.domain.procedure import Fee

_CHANNEL_NAMES = {"counter": "Trực tiếp", "post": "Dịch vụ bưu chính", "assisted_online": "Trực tuyến"}


def fee_text(fees: Iterable[Fee], channel: str) -> str:
    """The fee on one channel; "" where the catalogue does not know it."""
    name = _CHANNEL_NAMES.get(channel, "")
    told = [_one(fee) for fee in fees if not fee.channels or name in fee.channels]
    return "; ".join(dict.fromkeys(text for text in told if text))


def _one(fee: Fee) -> str:
    if fee.set_by_province:
        return "theo nghị quyết của HĐND tỉnh"
    if fee.amount_vnd is None:
        return ""
    if fee.amount_vnd == 0:
        return "miễn phí"
    amount = f"{fee.amount_vnd:,}".replace(",", ".")
    return f"{amount} đồng/{fee.unit.lstrip('/')}" if fee.unit else f"{amount} đồng"
