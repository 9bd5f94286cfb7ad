"""Whether each bag's times are in order and the bag is still good when it is to be given."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from dlicalc.domain.finding import Finding, review, stop
from dlicalc.domain.product import Product
from dlicalc.domain.protocol import Freshness


def time_findings(
    products: Sequence[Product], start: datetime | None, as_of: datetime, freshness: Freshness
) -> list[Finding]:
    """Whether each bag's times are in order and the bag is still good when it is to be given."""
    findings: list[Finding] = []
    for index, product in enumerate(products):
        path = f"products.{index}"
        findings += _expiry_findings(product, start, freshness, path)
        findings += _order_findings(product, start, as_of, freshness, path)
    return findings


def _expiry_findings(product: Product, start: datetime | None, freshness: Freshness, path: str) -> list[Finding]:
    if product.expires_at is None:
        return [stop("product.expiry-unknown", f"{path}.expires_at")]
    if start is None:
        return []
    if product.expires_at <= start:
        return [stop("product.expired", f"{path}.expires_at", expires_at=product.expires_at.isoformat())]
    if product.expires_at < start + timedelta(hours=freshness.hours_to_infuse):
        hours = freshness.hours_to_infuse
        return [review("product.expires-soon", f"{path}.expires_at", hours=hours)]
    return []


def _order_findings(
    product: Product, start: datetime | None, as_of: datetime, freshness: Freshness, path: str
) -> list[Finding]:
    findings = []
    collected, counted = product.collected_at, product.counted_at
    if product.state is None:
        findings.append(stop("product.state-unknown", f"{path}.state"))
    for name, moment in (("collected_at", collected), ("counted_at", counted)):
        if moment is None:
            findings.append(review(f"product.{name.replace('_at', '')}-unknown", f"{path}.{name}"))
        elif moment > as_of and (start is None or moment > start):
            findings.append(stop("product.time-ahead", f"{path}.{name}", moment=moment.isoformat()))
    if collected is not None and counted is not None and counted < collected:
        findings.append(review("product.counted-before-collected", f"{path}.counted_at"))
    if collected is None or start is None or product.state != "fresh":
        return findings
    age = Fraction((start - collected) // timedelta(minutes=1), 60)
    if age > freshness.fresh_product_hours:
        findings.append(
            review("product.old", f"{path}.collected_at", hours=int(age), limit=freshness.fresh_product_hours)
        )
    return findings
