from datetime import datetime

import msgspec

from backend.core.fields import Line
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_name import unicode_name
from backend.tenancy.resolution import Unresolved, Via
from backend.tenancy.verification import record_name, record_value


class DomainIn(msgspec.Struct, forbid_unknown_fields=True):
    """A pasted web address is taken for its host name. Without `is_primary` the first domain is the primary one."""

    domain: Line
    is_primary: bool | None = None


class DomainPatch(msgspec.Struct, forbid_unknown_fields=True):
    """An absent field stays."""

    is_primary: bool | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET


class VerificationRecord(msgspec.Struct):
    """The TXT record that shows that a domain is its owner's."""

    name: str
    value: str


class DomainOut(msgspec.Struct):
    """`domain` is the name as DNS knows it, `unicode_domain` the same as people write it."""

    id: int
    domain: str
    unicode_domain: str
    is_primary: bool
    is_active: bool
    is_verified: bool
    verified_at: datetime | None
    ssl_status: str
    ssl_verified_at: datetime | None
    verification_token: str
    verification_record: VerificationRecord
    last_checked_at: datetime | None
    last_error: str | None
    created_at: datetime


class HostOut(msgspec.Struct):
    """Which store a host leads to and how, or the reason why it leads to none."""

    host: str
    store_id: int | None
    store_name: str | None
    via: Via | None
    reason: Unresolved | None


_DERIVED = {"unicode_domain", "verification_record"}


def domain_out(domain: Domain) -> DomainOut:
    record = VerificationRecord(name=record_name(domain.domain), value=record_value(domain.verification_token))
    fields = {name: getattr(domain, name) for name in DomainOut.__struct_fields__ if name not in _DERIVED}
    return DomainOut(**fields, unicode_domain=unicode_name(domain.domain), verification_record=record)
