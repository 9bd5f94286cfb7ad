"""The manual's files, one folder a language."""

from collections.abc import Mapping

from dlicalc.services.manual import Topic, topic_from
from dlicalc.services.manual_place import TOPICS
from dlicalc.storage.resources import Damaged, Resources


def help_file(language: str, name: str) -> str:
    """Name of the file of a topic in the data folder."""
    return f"help/{language}/{name}.md"


def load_topics(resources: Resources, language: str, values: Mapping[str, str]) -> tuple[Topic, ...]:
    """All topics of ``language`` with the protocol's numbers in them; raises ``Refused`` for a damaged file."""
    return tuple(_topic(resources, help_file(language, name), name, values) for name in TOPICS)


def _topic(resources: Resources, file: str, name: str, values: Mapping[str, str]) -> Topic:
    try:
        return topic_from(name, resources.read(file).decode("utf-8"), values)
    except (KeyError, ValueError) as error:
        raise Damaged(file, str(error)) from error
