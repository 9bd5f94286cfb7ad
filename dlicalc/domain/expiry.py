"""Whether each bag's times are in order and the bag is still good when it is to be given."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dlicalc.domain.finding import Finding, review, stop
from dlicalc.domain.product import Product
from dlicalc.domain.protocol import Freshness


def time_findings(
    products: Sequence[Product], start: datetime | None, as_of: datetime, freshness: Freshness
) -> list[Finding]:
    """Whether each bag's times are in order and the bag is still good when it is to be given."""
    findings: list[Finding] = []
    if start is not None and start < as_of:
        findings.append(review("infusion.start-past", "infusion.planned_start", moment=start.isoformat()))
    for index, product in enumerate(products):
        path = f"products.{index}"
        findings += _expiry_findings(product, start, as_of, freshness, path)
        findings += _order_findings(product, start, as_of, path)
        findings += _age_findings(product, start, freshness, path)
    return findings


def _expiry_findings(
    product: Product, start: datetime | None, as_of: datetime, freshness: Freshness, path: str
) -> list[Finding]:
    path, expiry = f"{path}.expires_at", product.expires_at
    if expiry is None:
        return [stop("product.expiry-unknown", path)]
    if product.collected_at is not None and expiry <= product.collected_at:
        return [stop("product.expiry-before-collection", path, expires_at=expiry.isoformat())]
    if start is not None and expiry <= start:
        return [stop("product.expired", path, expires_at=expiry.isoformat())]
    if expiry <= as_of:
        return [review("product.expired-by-now", path, expires_at=expiry.isoformat())]
    if start is not None and expiry < start + timedelta(hours=freshness.hours_to_infuse):
        return [review("product.expires-soon", path, hours=freshness.hours_to_infuse)]
    return []


def _order_findings(product: Product, start: datetime | None, as_of: datetime, path: str) -> list[Finding]:
    """Collection before counting, and both before now and before the infusion."""
    findings = [stop("product.state-unknown", f"{path}.state")] if product.state is None else []
    collected, counted = product.collected_at, product.counted_at
    for name, moment in (("collected", collected), ("counted", counted)):
        if moment is None:
            findings.append(review(f"product.{name}-unknown", f"{path}.{name}_at"))
        elif start is not None and moment > start:
            findings.append(stop("product.time-after-start", f"{path}.{name}_at", moment=moment.isoformat()))
        elif moment > as_of:
            findings.append(review("product.time-ahead", f"{path}.{name}_at", moment=moment.isoformat()))
    if collected is not None and counted is not None and counted < collected:
        findings.append(review("product.counted-before-collected", f"{path}.counted_at"))
    return findings


def _age_findings(product: Product, start: datetime | None, freshness: Freshness, path: str) -> list[Finding]:
    if product.collected_at is None or start is None or product.state != "fresh":
        return []
    age, limit = start - product.collected_at, freshness.fresh_product_hours
    if age <= timedelta(hours=limit):
        return []
    return [review("product.old", f"{path}.collected_at", hours=age // timedelta(hours=1), limit=limit)]
