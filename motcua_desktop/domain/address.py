"""Which addresses a desk may send to: HTTPS, or plain HTTP on this machine, and never with a password inside."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from motcua_desktop.domain.errors import refuse


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_hub_address(text: str) -> str:
    """A district's address as it may be kept; raises MC-147, which shows no password either."""
    address = text.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as unreadable:
        raise refuse("MC-147", "hub", text=_shown(address)) from unreadable
    if not host or "@" in parts.netloc or not _is_safe(parts, host):
        raise refuse("MC-147", "hub", text=_shown(address))
    return address


def _is_safe(parts: SplitResult, host: str) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def _shown(address: str) -> str:
    """The address without whoever and whatever stands before its last @."""
    scheme, mark, rest = address.rpartition("://")
    return scheme + mark + rest.rpartition("@")[2]
