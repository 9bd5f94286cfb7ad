"""The bags of the printed order: which they are, and how much of each."""

from dlicalc.domain.case import Case
from dlicalc.domain.dose import BagOrder
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.product import Product
from dlicalc.services.order_text import NOTHING, UNBROKEN, bag_number, din_is_sound, millilitres, moment_text
from dlicalc.services.sheet import BagLine, Bags
from dlicalc.services.wording import Words, paper
from dlicalc.services.wording import order as say


def bags_of(case: Case, evaluation: Evaluation, words: Words, *, released: bool) -> Bags:
    """The bags in the order of the infusion; with what is filled in by hand if the order was ``released``."""
    orders = {order.product: order for order in evaluation.dose.bags} if evaluation.dose else {}
    by_hand = (say.TICK, say.ACTUAL, say.START, say.END, say.INITIALS)
    columns = (say.BAG_COLUMN, say.GIVE, *by_hand) if released else (say.BAG_COLUMN, say.GIVE_WITHHELD)
    uncorrected = {finding.path for finding in evaluation.findings if finding.code == "counts.pre-freeze"}
    lines = []
    for index, product in enumerate(case.products):
        warnings = (words(say.PRE_FREEZE),) if f"products.{index}.counts.counted" in uncorrected else ()
        lines.append(_bag_line(index, product, orders.get(index), warnings, words))
    heads = ("", *(words(column) for column in columns))
    return Bags(words(say.BAGS), heads, tuple(lines), words(paper.CONTINUED, count=len(lines)))


def _bag_line(index: int, product: Product, order: BagOrder | None, warnings: tuple[str, ...], words: Words) -> BagLine:
    used = order is not None and order.volume > 0
    amount = NOTHING if order is None else millilitres(order.volume) if used else words(say.DO_NOT_GIVE)
    sound = din_is_sound(product)
    return BagLine(
        position=str(index + 1),
        number=bag_number(product, words),
        check=(product.din_check or "") if product.din else "",
        barcode=product.din or "" if sound and used else "",
        amount=amount,
        used=used,
        details=_bag_details(product, words),
        warnings=warnings,
    )


def _bag_details(product: Product, words: Words) -> tuple[str, str]:
    expiry = product.expires_at
    # A fresh bag has nothing but a fresh count; anything else stops the order.
    counted = product.counts.counted if product.counts and product.state != "fresh" else None
    facts = [
        product.product_code,
        words.term(product.state) if product.state else None,
        words(say.COUNTED[counted]) if counted else None,
        product.abo_rhd,
    ]
    return (
        words(say.EXPIRY_UNKNOWN) if expiry is None else f"{words(say.EXPIRES)} {moment_text(expiry)}",
        " · ".join(fact.replace(" ", UNBROKEN) for fact in facts if fact),
    )
