"""Makes the pages of the window. What only one page needs is imported with it: most of it can wait for the first paint.

Imports cost more after Qt than before it, and the window opens on the first page alone.
"""

# ruff: noqa: PLC0415  the point of this module
from functools import partial

from dlicalc.gui.case_fields import RECIPIENT
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.form_page import FormPage
from dlicalc.gui.order_acts import OrderActs
from dlicalc.gui.order_files import OrderFiles
from dlicalc.gui.page import Page as PageWidget
from dlicalc.gui.page_stack import Makers
from dlicalc.services.pages import Page


def makers(view_model: CaseViewModel, orders: OrderFiles, acts: OrderActs) -> Makers:
    """A maker for every page."""
    return {
        Page.RECIPIENT: partial(FormPage, RECIPIENT),
        Page.ELIGIBILITY: partial(_eligibility, view_model),
        Page.PRODUCT: partial(_product, view_model),
        Page.DOSE: partial(_dose, view_model),
        Page.ORDER: partial(_order, view_model, orders, acts),
    }


def _eligibility(view_model: CaseViewModel) -> PageWidget:
    from dlicalc.gui.eligibility_page import EligibilityPage

    return EligibilityPage(view_model)


def _product(view_model: CaseViewModel) -> PageWidget:
    from dlicalc.gui.product_page import ProductPage

    return ProductPage(view_model)


def _dose(view_model: CaseViewModel) -> PageWidget:
    from dlicalc.gui.dose_page import DosePage

    return DosePage(view_model)


def _order(view_model: CaseViewModel, orders: OrderFiles, acts: OrderActs) -> PageWidget:
    from dlicalc.gui.order_page import OrderPage

    return OrderPage(view_model, orders, acts)
