"""The donation identification number of ISBT 128 and the parts of a product code that decide about use.

Source: ICCBBA ST-001 v6.2.2, sections 2.4.1 (DIN), 2.4.3 (product code); check character by ISO 7064 mod 37-2.
"""

import operator
import re
from typing import Final

_DIN = re.compile(r"[A-NP-Z1-9][A-NP-Z0-9]{2}[0-9]{2}[0-9]{2}[0-9]{6}", re.ASCII)
_VALUES: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_MODULUS: Final = 37
_PRODUCT_CODE = re.compile(r"[A-Z][A-Z0-9]{4}[A-Za-z0-9][A-Za-z0-9]{2}", re.ASCII)
_DONATION_TYPE: Final = 5

CD34_ENRICHED: Final = "S1310"
"""HPC, Apheresis, CD34 enriched: a product without the lymphocytes that the infusion is for."""
AUTOLOGOUS_ONLY: Final = "1"


def is_din(text: str) -> bool:
    """Whether ``text`` has the form of the 13 characters of a donation identification number."""
    return _DIN.fullmatch(text) is not None


def check_character(din: str) -> str:
    """The keyboard check character K of a well-formed DIN."""
    weights = [2**place for place in range(len(din), 0, -1)]
    total = sum(map(operator.mul, map(_VALUES.index, din), weights))
    return _VALUES[(_MODULUS + 1 - total) % _MODULUS]


def is_product_code(text: str) -> bool:
    """Whether ``text`` has the form of the eight characters of a product code."""
    return _PRODUCT_CODE.fullmatch(text) is not None


def donation_type(product_code: str) -> str:
    """The character of a well-formed product code that says for whom the donation was made."""
    return product_code[_DONATION_TYPE]
