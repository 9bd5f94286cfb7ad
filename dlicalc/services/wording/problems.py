"""One sentence per problem of an entry: what is wrong, and what is accepted."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

PROBLEMS: Final[Mapping[str, str]] = {
    "unknown_field": N_("unknown field; accepted here: {accepted}"),
    "missing": N_("missing; it must be given"),
    "literal_error": N_("“{text}” is not accepted; accepted: {accepted}"),
    "unit_missing": N_("the number has no unit; accepted: {accepted}"),
    "denominator_missing": N_("the CD3⁺ percentage does not say of what; accepted: {accepted}"),
    "concentration_of": N_("a concentration has no denominator; leave “of” out, or give the number in %"),
    "share_diluted": N_("a percentage is not changed by dilution; leave “multiply_by” out"),
    "volume_twice": N_("both a volume and a weighing are given; accepted: either value in mL, or gross, tare and density"),
    "object_expected": N_("“{text}” where an object {{…}} is due"),
    "list_expected": N_("“{text}” where a list […] is due"),
    "list_long": N_("too many entries; accepted: at most {most}"),
    "text_expected": N_("“{text}” where text in quotes is due"),
    "text_blank": N_("the text is empty; accepted: some text, or null if it is unknown"),
    "text_long": N_("the text is too long; accepted: at most 500 characters"),
    "text_unprintable": N_("the text holds a character that cannot be printed; accepted: letters, digits and signs"),
    "number_as_text": N_("“{text}” is not in quotes; accepted: a number as text, as in \"62.5\""),
    "number_empty": N_("the number is empty; accepted: digits with at most one point, or null if it is unknown"),
    "number_comma": N_("“{text}” has a comma; accepted: digits with at most one point, as in 1234.5"),
    "number_wide": N_("“{text}” has digits of another script; accepted: the digits 0 to 9 with at most one point"),
    "number_form": N_("“{text}” is not a number; accepted: digits with at most one point, as in 62.5"),
    "date_form": N_("“{text}” is not a date; accepted: YYYY-MM-DD, years 1900 to 2199"),
    "moment_form": N_("“{text}” is not a moment with its offset; accepted: YYYY-MM-DDThh:mm+hh:mm, as in 2026-11-18T10:00+08:00"),
    "not_accepted": N_("“{text}” is not accepted here; accepted: what the template shows"),
    "weeks_whole": N_("not whole weeks; accepted: whole weeks, at most 520"),
    "weeks_order": N_("“from” is later than “to”; accepted: from not later than to"),
    "file_missing": N_("there is no such file; accepted: the path of a case file"),
    "file_directory": N_("this is a folder; accepted: the path of a case file"),
    "file_unreadable": N_("the file cannot be read ({text}); accepted: a readable case file"),
    "file_large": N_("the file is too large; accepted: at most {most}"),
    "file_encoding": N_("the text is not UTF-8; accepted: a case file in UTF-8"),
    "json_form": N_("not JSON ({text}); accepted: one JSON object as “dlicalc template” prints it"),
    "json_duplicate": N_("the field stands twice; accepted: each field once"),
    "json_deep": N_("nested too deeply; accepted: the fields of a case"),
    "moment_argument": N_("“{text}” is not a moment with its offset; accepted: YYYY-MM-DDThh:mm+hh:mm"),
    "output_unwritable": N_("the file cannot be written ({text}); accepted: a path in a writable folder with room"),
    "order_blocked": N_("an undecided stop forbids the order; accepted: a DRAFT"),
    "damaged": N_("damaged or missing ({text}); accepted: the file as released. Install dlicalc again"),
    "glyph_missing": N_("the character {text} is in none of the shipped fonts; accepted: text without it"),
}  # fmt: skip
