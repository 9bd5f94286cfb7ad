"""Values and findings become words here, once, for screen, paper and command line.

The English sentence is the key of the gettext catalogue; a catalogue is handed in as a function from sentence to
sentence, so nothing here reads a file.
"""

from dlicalc.services.wording.words import Translate, Words, english

__all__ = ["Translate", "Words", "english"]
