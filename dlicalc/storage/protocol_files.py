"""Protocol file → validated protocol; anything unexpected in it is refused."""

import tomllib
from typing import Final

from pydantic import ValidationError

from dlicalc.domain.protocol import Protocol
from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Damaged, Resources

PROTOCOL_FILE: Final = "protocols/nct07319793.toml"


def read_protocol(content: bytes, name: str = PROTOCOL_FILE) -> Protocol:
    """The protocol in ``content``; raises :class:`Damaged` naming what is wrong in it."""
    try:
        tables = tomllib.loads(content.decode())
    except ValueError as error:
        raise Damaged(name, str(error)) from error
    try:
        return Protocol.model_validate({**tables, "digest": digest(content)})
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise Damaged(name, "; ".join(faults)) from error


def load_protocol(resources: Resources) -> Protocol:
    """The shipped protocol, after its digest was found to be the released one."""
    return read_protocol(resources.read(PROTOCOL_FILE))
