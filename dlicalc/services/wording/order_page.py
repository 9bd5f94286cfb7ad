"""The sentences of the Order page, its preview and its printing."""

from typing import Final

from dlicalc.services.wording.marking import N_

CHECKLIST: Final = N_("The other pages")
PAGE_STATE: Final = N_("{page}: {state}")
GO_TO_PAGE: Final = N_("{page}: {state}. Go to this page.")
BLOCKING: Final = N_("Stops that block the order: {count}")
ORDER_LANGUAGE: Final = N_("Language of the order")
BOTH: Final = N_("both")
PAPER: Final = N_("Paper")
PRINT: Final = N_("P&rint …")
PREVIEW: Final = N_("Preview")
SHORTCUT: Final = N_("{text} ({keys})")
PRINT_BLOCKED: Final = N_("Printing is off – stops: {count}. Until they are cleared, only a DRAFT can be saved.")
PRINT_READY: Final = N_("Printing first saves the PDF, then prints exactly that file.")

SHOWN_AS_IS: Final = N_("State of {moment}. What is shown here is exactly what is saved and printed.")
SHOWN_MARKED: Final = N_("{state}, state of {moment}. Not for infusion.")
NOT_MADE: Final = N_("There is nothing to show: the order cannot be made.")
IN_THE_MAKING: Final = N_("The preview is being made.")
PAGE_OF: Final = N_("Page {page} of {pages}")
PICTURE: Final = N_("Preview of the order, page {page} of {pages}")
PREVIOUS_PAGE: Final = N_("Previous page")
NEXT_PAGE: Final = N_("Next page")
SMALLER: Final = N_("Smaller")
LARGER: Final = N_("Larger")
FIT_WIDTH: Final = N_("Fit width")

NOT_SAVED: Final = N_("The order was not saved.")
TIME_PASSED: Final = N_("Time has passed and the order has changed with it. Look at the new preview, then try again.")

NOT_PRINTED: Final = N_("The order was not printed.")
KEPT: Final = N_("It is kept as a file: {path}")
SENT: Final = N_("Sent to the printer {printer}. Saved: {path}")
NO_PRINTER: Final = N_("No printer is installed on this computer. Install one, or print the file on another computer.")
PRINTER_REFUSED: Final = N_("The printer “{printer}” did not accept the order. Is it switched on and connected?")
PRINTER_STOPPED: Final = N_(
    "The printer “{printer}” stopped before all {pages} pages were out. Destroy what came out and print anew."
)
PAPER_DIFFERS: Final = N_(
    "The order is made for {order}, the printer “{printer}” is set to {loaded}. Choose the same paper."
)
SCALED: Final = N_("The margins of this printer would cut off {cut} mm of the order.")
SCALED_ASK: Final = N_("It can be printed smaller, at {percent} % of its size, with everything on it.")
PRINT_SCALED: Final = N_("Print smaller")
