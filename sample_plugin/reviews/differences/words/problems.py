"""Read a problem: its question, answers, hints and explanation. What else is in it is shown as source."""

from __future__ import annotations

import re

from .data import PartKind
from .flow import FlowReader, source_part, tag_of
from .olx import Element
from .parts import Part, of_value

__all__ = ["read_problem", "setting"]

# Each with the element that usually holds its answers, or the field for one.
_RESPONSES = {
    "multiplechoiceresponse": "choicegroup",
    "choiceresponse": "checkboxgroup",
    "optionresponse": "optioninput",
    "numericalresponse": "formulaequationinput",
    "stringresponse": "textline",
}
_GROUPS = frozenset({"checkboxgroup", "choicegroup", "radiogroup", "optioninput"})
_FIELDS = frozenset({"formulaequationinput", "textline"})
_OTHER_ANSWERS = frozenset({"additional_answer", "stringequalhint"})
_FLOWS = {
    "solution": PartKind.EXPLANATION,
    "hint": PartKind.HINT,
    "choicehint": PartKind.FEEDBACK,
    "optionhint": PartKind.FEEDBACK,
    "correcthint": PartKind.FEEDBACK,
    "compoundhint": PartKind.FEEDBACK,
}
# As Studio writes them. How else "correct" may be written, and what that means, is for Open edX to say.
_CORRECT = {"choice": {"true": True, "false": False}, "option": {"True": True, "False": False}}
_OPTIONS = re.compile(r"\('[^'\\]*'(?:,'[^'\\]*')*\)")


def setting(name: str, value: str, place: str = "", *, is_context: bool = False) -> Part:
    """Return a part for an attribute."""
    return Part(PartKind.SETTING, of_value(value), name=name, place=place, is_context=is_context)


def read_problem(root: Element) -> list[Part]:
    """Return what is in the problem, in its order."""
    parts: list[Part] = []
    _ProblemReader(parts).read_question(root, "")
    return parts


class _ProblemReader:
    """Appends parts. A place is the path of the elements around, in general terms."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts

    def read_question(self, element: Element, place: str) -> None:
        FlowReader(self._parts, PartKind.QUESTION, place=place, special=self._read).read(element)

    def _read(self, element: Element, place: str) -> bool:
        """Read an element of a problem that is not text. False if it is unknown."""
        tag, within = tag_of(element), place.rpartition("/")[2]
        if tag in _RESPONSES and within != "response":
            self._read_response(element, f"{place}/response")
        elif tag in _GROUPS and within == "response":
            self._read_group(element, place)
        elif tag in ("choice", "option") and within == "group":
            self._read_answer(element, f"{place}/{tag}")
        elif tag in _FLOWS:
            self._read_flow(element, place, _FLOWS[tag])
        elif tag in _FIELDS and within == "response" and not len(element) and not element.text:
            self._begin(element, place)
            self._read_settings(element, place)
        elif tag in _OTHER_ANSWERS and within == "response":
            self._read_other_answer(element, place)
        elif tag == "responseparam" and within == "response" and not len(element) and not element.text:
            self._read_parameter(element, place)
        elif tag == "demandhint" and not place:
            self._begin(element, place)
            self._read_settings(element, place)
            self.read_question(element, f"{place}/demandhint")
        else:
            return False
        return True

    def _begin(self, element: Element, place: str) -> None:
        """Say that an element begins here, in the background if it is where it usually is."""
        parent = element.getparent().tag
        usual = element.tag == "demandhint" or _RESPONSES.get(parent) == element.tag
        self._parts.append(
            Part(
                PartKind.SOURCE,
                of_value(f"<{element.tag}>"),
                name=element.tag,
                place=place,
                is_context=False,
                is_shown=not usual,
            )
        )

    def _read_settings(self, element: Element, place: str, *without: str) -> None:
        for name, value in element.items():
            if name not in without:
                self._parts.append(setting(f"{element.tag} {name}", value, place))

    def _read_response(self, element: Element, place: str) -> None:
        self._parts.append(setting("response", element.tag, place))
        answer = element.get("answer") if element.tag in ("numericalresponse", "stringresponse") else None
        if answer is not None:
            self._parts.append(Part(PartKind.CORRECT_ANSWER, of_value(answer), place=place))
        self._read_settings(element, place, *(() if answer is None else ("answer",)))
        self.read_question(element, place)

    def _read_group(self, element: Element, place: str) -> None:
        self._begin(element, place)
        place = f"{place}/group"
        read = self._read_options(element, place) if element.tag == "optioninput" else ()
        self._read_settings(element, place, *read)
        # Between the answers there should be no text; if there is, learners see it.
        self.read_question(element, place)

    def _read_options(self, element: Element, place: str) -> tuple[str, ...]:
        """Read answers from attributes, as Studio writes them, and return the names of those."""
        options, correct = element.get("options", ""), element.get("correct")
        if not _OPTIONS.fullmatch(options):
            return ()
        answers = options[2:-2].split("','")
        if correct not in answers:
            return ()
        for answer in answers:
            is_correct = answer == correct
            self._parts.append(Part(PartKind.ANSWER, of_value(answer), is_correct=is_correct, place=f"{place}/options"))
        return ("correct", "options")

    def _read_answer(self, element: Element, place: str) -> None:
        known = _CORRECT[element.tag]
        correct = element.get("correct", "")
        is_correct = known.get(correct, correct.lower() == "true")
        flow = FlowReader(self._parts, PartKind.ANSWER, place=place, is_correct=is_correct, special=self._read)
        flow.read(element, even_if_empty=True)
        if element.get("correct") is None:
            self._parts.append(Part(PartKind.SETTING, name=f"{element.tag} correct", place=place, is_context=False))
        self._read_settings(element, place, *(("correct",) if correct in known else ()))

    def _read_flow(self, element: Element, place: str, kind: PartKind) -> None:
        place = f"{place}/{element.tag}"
        FlowReader(self._parts, kind, place=place, special=self._read).read(element, even_if_empty=True)
        self._read_settings(element, place)

    def _read_other_answer(self, element: Element, place: str) -> None:
        """Read a further right answer, or a wrong one that has feedback."""
        place = f"{place}/{element.tag}"
        answer = element.get("answer")
        if element.tag == "additional_answer":
            value = () if answer is None else of_value(answer)
            self._parts.append(Part(PartKind.CORRECT_ANSWER, value, place=place))
            FlowReader(self._parts, PartKind.CORRECT_ANSWER, place=f"{place}/text", special=self._read).read(element)
        else:
            value = () if answer is None else of_value(answer)
            self._parts.append(Part(PartKind.ANSWER, value, is_correct=False, place=place))
            FlowReader(self._parts, PartKind.FEEDBACK, place=place, special=self._read).read(element)
        self._read_settings(element, place, "answer")

    def _read_parameter(self, element: Element, place: str) -> None:
        tolerance = element.get("default") if element.get("type") == "tolerance" else None
        place = f"{place}/parameter"
        if tolerance is None:
            self._parts.append(source_part(element, place))
        else:
            self._parts.append(Part(PartKind.TOLERANCE, of_value(tolerance), place=place))
            self._read_settings(element, place, "type", "default")
