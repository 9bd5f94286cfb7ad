"""A protocol under which a site keeps to narrower limits: the same type, with both values wherever they differ."""

from pydantic import ConfigDict

from dlicalc.domain.entered import Words
from dlicalc.domain.protocol import Criterion, Protocol, SiteTerm


class SiteCriterion(Criterion):
    """A criterion with the limit of a site."""

    protocol_limit: Words

    @property
    def of_protocol(self) -> str:
        """The protocol's own limit."""
        return self.protocol_limit


class SiteProtocol(Protocol):
    """The protocol as a site keeps to it; ``digest`` stays that of the protocol's file."""

    model_config = ConfigDict(defer_build=True)

    by_site: tuple[SiteTerm, ...]
    file_digest: str

    @property
    def terms(self) -> tuple[SiteTerm, ...]:
        """Where the site keeps to something else."""
        return self.by_site

    @property
    def site_digest(self) -> str:
        """Of the site file behind these terms."""
        return self.file_digest
