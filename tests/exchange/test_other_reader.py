"""The codes of an order as another reader finds them: ZBar, which shares no code with zxing-cpp.

That library writes the QR codes. The Code 128 is drawn by a table of this program, and must say the donation number of
its bag. `.ci/run` installs ZBar; where it is missing these tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from tests.cases import changed, full_case, preemptive_case
from tests.exchange.made import made
from tests.report.orders import three_bags

pytestmark = pytest.mark.skipif(shutil.which("zbarimg") is None, reason="needs zbarimg (apt install zbar-tools)")

CASES = {
    "one bag": full_case(),
    "pre-emptive": preemptive_case(),
    "three bags": three_bags(),
    "Chinese name": changed(full_case(), recipient__name="张三丰", recipient__mrn="B0042177"),
}


def seen(data: bytes, dots_per_inch: int, folder: Path) -> list[set[str]]:
    """What ZBar reads on each page, drawn at so many dots per inch."""
    document = pypdfium2.PdfDocument(data)
    found = []
    try:
        for number, page in enumerate(document):
            place = folder / f"{number}.png"
            page.render(scale=dots_per_inch / 72, grayscale=True).to_pil().save(place)
            call = ["zbarimg", "--quiet", "--raw", "--nodbus", str(place)]
            run = subprocess.run(call, capture_output=True, text=True, check=False, timeout=100)
            found.append(set(run.stdout.splitlines()))
    finally:
        document.close()
    return found


@pytest.mark.parametrize("dots_per_inch", [200, 300])
@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_code_says_to_another_reader_what_it_should(
    name: str, language: str, dots_per_inch: int, tmp_path: Path
) -> None:
    order = made(CASES[name], language=language)
    pages = seen(order.pdf(), dots_per_inch, tmp_path)
    for page in pages:
        assert order.codes.short in page
    everything = set().union(*pages)
    assert set(order.codes.whole) <= everything
    assert {bag["din"] for bag in CASES[name]["products"]} <= everything
