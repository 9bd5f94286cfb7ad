"""What the window says at an entry while it is typed: what the text means, which unit is offered, which keys help."""

from typing import Final

from dlicalc.services.wording.marking import N_

READ_AS: Final = N_("read as {number}")
UNDILUTED: Final = N_("undiluted {amounts}")
SHARE: Final = N_("{share} of {whole} {part}")
WITHOUT_NRBC: Final = N_("white cells without them: {amount}")
TIMES_LIMIT: Final = N_("{ratio} × ULN")
LEAVES: Final = N_("leaves {volume}")
CONCENTRATION_TIMES: Final = N_("concentration × {factor}")
AGE_AT_INFUSION: Final = N_("age on the day of the infusion: {years}")
AGE_TODAY: Final = N_("age today: {years}")
DAY_OF_INFUSION: Final = N_("infusion on day {day}")
SAME_DAY: Final = N_("on the day of the infusion")
DAY_BEFORE: Final = N_("1 day before the infusion")
DAYS_BEFORE: Final = N_("{days} days before the infusion")
DAY_AFTER: Final = N_("1 day after the infusion")
DAYS_AFTER: Final = N_("{days} days after the infusion")
BEFORE_START: Final = N_("{span} before the start")
AFTER_START: Final = N_("{span} after the start")
LEFT_AT_START: Final = N_("{span} left at the start")
EXPIRED_BY_START: Final = N_("expired {span} before the start")
DAYS_AND_HOURS: Final = N_("{days} d {hours} h")

UNIT_OFFER: Final = N_("{unit}? as last time")
UNIT_OFFERED: Final = N_("Choose the unit; last used here: {unit} – Enter takes it.")

CALENDAR: Final = N_("calendar")
CALENDAR_KEYS: Final = N_("Calendar (F4)")
CALENDAR_LOCALE: Final = N_("en_GB")
"""The Qt locale of the calendar; its translation is the locale of that language."""
CHOICE_KEYS: Final = N_(
    "Keys: 1 to {count}, or the first letter where only one answer has it; Delete clears the answer"
)
