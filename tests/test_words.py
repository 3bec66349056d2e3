"""What a change says to a reader: in words, part by part, and with nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sample_plugin.reviews import api
from sample_plugin.reviews.differences.words import MAX_BLOCKS, MAX_WORDS, compare_words
from sample_plugin.reviews.differences.words.olx import MAX_DEPTH, MAX_ELEMENTS

pytestmark = pytest.mark.once


def html(body: str, attributes: str = "") -> bytes:
    """Return the OLX of a text, as Studio stores it."""
    return f"<html{attributes}><![CDATA[\n{body}\n]]></html>".encode()


def problem(body: str, attributes: str = "") -> bytes:
    """Return the OLX of a problem."""
    return f"<problem{attributes}>{body}</problem>".encode()


def choice(answers: str, after: str = "") -> bytes:
    """Return the OLX of a problem with these answers."""
    return problem(
        "<multiplechoiceresponse><label>Which?</label>"
        f'<choicegroup type="MultipleChoice">{answers}</choicegroup>{after}</multiplechoiceresponse>'
    )


def text_of(blocks: tuple[api.BlockDifference, ...]) -> str:
    """Return the text of the blocks, with [-what was removed-] and {+what was added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " / ".join(
        "".join(marks[run.change].format(run.text) for run in block.runs) if block.kind != "gap" else "…"
        for block in blocks
    )


def said(old: bytes | None, new: bytes | None, *, all_parts: bool = False) -> list[str]:
    """Return what has changed, a line for each part."""
    words = compare_words(old, new)
    assert words.state == "changed"
    return [
        f"{part.part} {part.name}".strip() + f" {part.change}: {text_of(part.blocks)}"
        for part in words.parts
        if all_parts or part.change != "same"
    ]


# --- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param("<p>Salt is good.</p>", "<p>Salt is very good.</p>", "Salt is{+ very+} good.", id="a word more"),
        pytest.param("<p>A kilo of salt</p>", "<p>Ten grams of pepper</p>",
            "[-A kilo of salt-]{+Ten grams of pepper+}", id="a phrase, joined over short words"),
        pytest.param("<p>Take flour, then water, then stir it.</p>", "<p>Take rye, then water, then wait.</p>",
            "Take [-flour-]{+rye+}, then water, then [-stir it-]{+wait+}.", id="two changes apart"),
        pytest.param("<p>a\n  b</p><p>c</p><p>d</p>", "<p>a b</p>\n\n<p>x y</p>\n<p>d</p>",
            "a b / [-c-] / {+x y+} / d", id="indentation"),
        pytest.param("<p>Salt</p>", "<p>Salt <b>and <i>pepper</i></b></p>",
            "Salt{+ and pepper+}", id="plain formatting"),
        pytest.param("<p>a <a href='x'>link</a></p>", "<p>a <a href='y'>link</a></p>",
            "a link [-(x)-]{+(y)+}", id="address"),
        pytest.param("<p>a</p>", "<p>a <a href='y'>link</a></p>", "a{+ link (y)+}", id="a new link"),
        pytest.param("<p><img src='a.png' alt='A loaf'/></p>", "<p><img src='a.png' alt='A roll'/></p>",
            "[-A loaf (a.png)-]{+A roll (a.png)+}", id="image"),
        pytest.param(r"<p>So \(x + 1\) is</p>", r"<p>So \(x + 2\) is</p>",
            r"So [-\(x + 1\)-]{+\(x + 2\)+} is", id="formula"),
        pytest.param("<p>[mathjaxinline]a b[/mathjaxinline] \\(</p>", "<p>[mathjaxinline]a c[/mathjaxinline] \\(</p>",
            "[-[mathjaxinline]a b[/mathjaxinline]-]{+[mathjaxinline]a c[/mathjaxinline]+} \\(", id="the other formula"),
        pytest.param("<tr><td>1</td><td>2</td></tr>", "<tr><td>1</td><td>3</td></tr>", "1 | [-2-]{+3+}", id="row"),
        pytest.param("<pre>a\n  b</pre>", "<pre>a\n   b</pre>",
            "a[-\n  b-]{+\n   b+}", id="spaces in preformatted text"),
        pytest.param("<p>10<sup>2</sup></p>", "<p>10<sup>3</sup></p>", "10^[-2-]{+3+}", id="a power"),
        pytest.param("a&nbsp;b<br>&lt;c", "a b<br>&lt;d", "a[-\u00a0b-]{+ b+}\n<[-c-]{+d+}", id="HTML that is not XML"),
    ],
)  # fmt: skip
def test_a_text_is_compared_as_a_reader_sees_it(old: str, new: str, text: str) -> None:
    assert said(html(old), html(new)) == [f"text changed: {text}"]


def test_blocks_say_what_they_look_like() -> None:
    body = "<h3>a</h3><ul><li>b</li></ul><pre>c</pre><table><tr><td>d</td></tr></table><p><img src='e'/></p>f"
    [part] = compare_words(None, html(body)).parts
    kinds = ["heading", "list_item", "preformatted", "table_row", "image", "paragraph"]
    assert [block.kind for block in part.blocks] == kinds
    assert {block.change for block in part.blocks} == {"added"}


def test_blocks_that_are_the_same_are_left_out_of_long_texts() -> None:
    body = "".join(f"<p>{n}</p>" for n in range(20))
    assert said(html(body), html(body.replace("<p>9<", "<p>nine<"))) == [
        "text changed: … / 7 / 8 / [-9-] / {+nine+} / 10 / 11 / …"
    ]
    assert said(html(body), html(body, " a='b'"), all_parts=True) == ["text same: 0 / 1 / …", "setting a added: {+b+}"]


@pytest.mark.parametrize(
    ("old", "new", "source"),
    [
        pytest.param("<p>a</p>", "<p><b>a</b></p>", "<p>{+<b>+}a{+</b>+}</p>", id="formatting of old words"),
        pytest.param("<p>a</p>", "<p class='x'>a</p>", '<p{+ class="x"+}>a</p>', id="an attribute"),
        pytest.param("<p>a</p>", "<h3>a</h3>", "[-<p>a</p>-] / {+<h3>a</h3>+}", id="another element"),
        pytest.param("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", "<[-ul-]{+ol+}> / </[-ul-]{+ol+}>", id="a list"),
        pytest.param("<p>a</p>", "<p>a</p><div></div>", "{+<div>+} / {+</div>+}", id="an empty element"),
        pytest.param("<p>a</p>", "<div style='display: none'><p>a</p></div>",
            '{+<div style="display: none">+} / {+</div>+}', id="around"),
        pytest.param("<a href='x'><p>a</p></a>", "<a href='y'><p>a</p></a>",
            "", id="an address around blocks"),
    ],
)  # fmt: skip
def test_markup_that_a_reader_does_not_see_is_shown_as_source(old: str, new: str, source: str) -> None:
    [*_, line] = said(html(old), html(new))
    assert line.startswith("source markup changed: ")
    if source:
        assert "".join(re.findall(r"\w+", line.partition(": ")[2])) == "".join(re.findall(r"\w+", source))


def test_what_comes_with_new_words_is_shown_unless_it_is_plain() -> None:
    hidden = "<p>a</p><p><span style='display: none'>b</span></p>"
    assert said(html("<p>a</p>"), html(hidden)) == [
        "text changed: a / {+b+}",
        'source markup changed: {+<p><span style="display: none">b</span></p>+}',
    ]


def test_scripts_comments_and_unknown_elements_are_shown_as_source() -> None:
    assert said(html("<p>a</p>"), html("<p>a</p><script>b()</script><!-- c --><x-d e='f'>g</x-d>")) == [
        "source script added: {+<script>b()</script>+}",
        "source comment added: {+<!-- c -->+}",
        'source x-d added: {+<x-d e="f">g</x-d>+}',
    ]


def test_of_html_that_a_parser_may_drop_something_of_the_source_is_shown_as_well() -> None:
    assert said(html("<p>a</p>"), html("<p>a</p></b c='d'>")) == ["source html added:  / {+<p>a</p></b c='d'>+} / "]


# --- Problems ---------------------------------------------------------------------------------------------------------


def test_of_a_problem_each_part_is_named() -> None:
    old = choice('<choice correct="true">Salt</choice><choice correct="false">Ash</choice>')
    new = choice(
        '<choice correct="false">Salt<choicehint>Not <b>now</b>.</choicehint></choice>'
        '<choice correct="true">Ash</choice>',
        "<solution><div class='detailed-solution'><p>Explanation</p></div></solution>",
    ).replace(b"</problem>", b"<demandhint><hint>Look!</hint></demandhint></problem>")
    assert said(old, new, all_parts=True) == [
        "question same: Which?",
        "answer changed: Salt",
        "feedback added: {+Not now.+}",
        "answer changed: Ash",
        "explanation added: {+Explanation+}",
        "hint added: {+Look!+}",
    ]
    answers = [part for part in compare_words(old, new).parts if part.part == "answer"]
    assert [(part.was_correct, part.is_correct) for part in answers] == [(True, False), (False, True)]
    [removed, _] = [part for part in compare_words(new, None).parts if part.part == "answer"]
    assert (removed.change, removed.was_correct, removed.is_correct) == ("removed", False, None)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param('<numericalresponse answer="1"><responseparam type="tolerance" default="5%"/></numericalresponse>',
            '<numericalresponse answer="2"><responseparam type="tolerance" default="1%"/></numericalresponse>',
            ["correct_answer changed: [-1-]{+2+}", "tolerance changed: [-5%-]{+1%+}"], id="a number"),
        pytest.param('<stringresponse answer="a"/>',
            '<stringresponse answer="a" type="ci"><additional_answer answer="b"/>'
            '<stringequalhint answer="c">No</stringequalhint></stringresponse>',
            ["setting stringresponse type added: {+ci+}", "correct_answer added: {+b+}", "answer added: {+c+}",
             "feedback added: {+No+}"], id="a text"),
        pytest.param("<optionresponse><optioninput options=\"('a','b')\" correct=\"a\"/></optionresponse>",
            "<optionresponse><optioninput options=\"('a','c d')\" correct=\"c d\"/></optionresponse>",
            ["answer changed: a", "answer changed: [-b-]{+c d+}"], id="a list to choose from"),
        pytest.param('<optionresponse><optioninput><option correct="True">a</option></optioninput></optionresponse>',
            '<optionresponse><optioninput><option correct="False">a<optionhint>No</optionhint></option></optioninput>'
            "</optionresponse>",
            ["answer changed: a", "feedback added: {+No+}"], id="the newer kind"),
        pytest.param(
            '<choiceresponse><checkboxgroup><choice correct="true">a</choice></checkboxgroup></choiceresponse>',
            '<choiceresponse><checkboxgroup><choice correct="true">a<choicehint selected="true">b</choicehint></choice>'
            '<compoundhint value="A">c</compoundhint></checkboxgroup></choiceresponse>',
            ["feedback added: {+b+}", "setting choicehint selected added: {+true+}", "feedback added: {+c+}",
             "setting compoundhint value added: {+A+}"], id="checkboxes"),
        pytest.param('<choiceresponse><checkboxgroup><choice correct="$x">a</choice></checkboxgroup></choiceresponse>',
            '<choiceresponse><checkboxgroup><choice correct="$y">a</choice></checkboxgroup></choiceresponse>',
            ["setting choice correct changed: [-$x-]{+$y+}"], id="right by a script"),
        pytest.param("<choiceresponse><checkboxgroup><choice>a</choice></checkboxgroup></choiceresponse>",
            '<choiceresponse><checkboxgroup><choice correct="false">a</choice></checkboxgroup></choiceresponse>',
            ["setting choice correct removed: "], id="neither right nor wrong"),
        pytest.param("<p>a</p><customresponse cfn='b'/>", "<p>a</p><customresponse cfn='c'/><script>d</script>",
            ['source customresponse changed: <customresponse cfn="[-b-]{+c+}"/>',
             "source script added: {+<script>d</script>+}"], id="unknown"),
    ],
)  # fmt: skip
def test_the_usual_kinds_of_problems_are_read(old: str, new: str, changes: list[str]) -> None:
    assert said(problem(old), problem(new)) == changes


def test_another_kind_of_response_is_a_change() -> None:
    old = choice('<choice correct="true">a</choice>')
    new = old.replace(b"multiplechoiceresponse", b"choiceresponse").replace(b"choicegroup", b"checkboxgroup")
    assert said(old, new)[0] == "setting response changed: [-multiplechoiceresponse-]{+choiceresponse+}"


def test_settings_and_the_title_are_shown_and_the_markdown_comes_last() -> None:
    old = problem("<p>a</p>", ' display_name="A" max_attempts="1" markdown="a&#10;b"')
    new = problem("<p>a</p>", ' display_name="B" weight="2" max_attempts="3" markdown="a&#10;c"')
    assert said(old, new) == [
        "title changed: [-A-]{+B+}",
        "setting max_attempts changed: [-1-]{+3+}",
        "setting weight added: {+2+}",
        "setting markdown changed: a / [-b-] / {+c+}",
    ]


def test_other_components_are_shown_by_their_fields() -> None:
    old, new = b'<video a="1"><transcript l="en"/></video>', b'<video a="2">b<transcript l="de"/></video>'
    assert said(old, new) == [
        "source text added: {+b+}",
        'source transcript changed: <transcript l="[-en-]{+de+}"/>',
        "setting a changed: [-1-]{+2+}",
    ]


# --- Nothing is hidden ------------------------------------------------------------------------------------------------

INLINE = ["b", "a", "span"]
BLOCKS = ["p", "ul", "li", "div", "h3", "pre", "table", "tr", "td"]
OF_PROBLEMS = [
    *("multiplechoiceresponse", "choiceresponse", "optionresponse", "numericalresponse", "stringresponse"),
    *("choicegroup", "checkboxgroup", "optioninput", "choice", "option", "choicehint", "compoundhint", "solution"),
    *("demandhint", "hint", "responseparam", "additional_answer", "stringequalhint", "textline", "label", "script"),
]
ATTRIBUTES = ["answer", "class", "correct", "default", "href", "options", "type"]
VALUES = ["a", "b", "True", "true", "false", "tolerance", "('a','b')", "('a', 'b')", "<&\u0022'>", ""]


def attributes() -> st.SearchStrategy[str]:
    """Attributes, as they are written."""
    pairs = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=2)
    escaped = {"&": "&amp;", "<": "&lt;", '"': "&quot;"}
    return pairs.map(
        lambda pairs: "".join(
            f' {name}="{"".join(escaped.get(sign, sign) for sign in value)}"' for name, value in pairs.items()
        )
    )


def contents(tags: list[str]) -> st.SearchStrategy[str]:
    """What may be in an element."""
    texts = st.sampled_from(["", "", " ", "a", "b c", " a", "b ", "&lt;i&gt;", "\n  "])
    rare = st.sampled_from(["<!-- a -->", "<br/>", "<img/>", '<img alt="a" src="b"/>', "<br>a</br>", "<?a b?>"])

    def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        element = st.builds(
            lambda tag, attributes, inner: f"<{tag}{attributes}>{inner}</{tag}>",
            st.sampled_from(tags),
            attributes(),
            inner,
        )
        return st.lists(element | texts | rare, min_size=1, max_size=4).map("".join)

    return st.recursive(texts, wrap, max_leaves=12)


OLX = contents(INLINE + BLOCKS).map(lambda body: f"<html>{body}</html>") | contents(
    INLINE + BLOCKS + OF_PROBLEMS + OF_PROBLEMS
).map(lambda body: f"<problem>{body}</problem>")


def changed(olx: str, cut: tuple[float, float], piece: str) -> str:
    """Return the OLX with one of its pieces replaced."""
    start, end = sorted(round(part * len(olx)) for part in cut)
    return olx[:start] + piece + olx[end:]


def canonical(olx: bytes) -> str:
    """Return the same for OLX that means the same: attributes in order, and no spaces where nobody sees them."""
    root = etree.fromstring(olx)
    for element in root.iter(etree.Element):
        pairs = sorted(element.items())
        element.attrib.clear()
        element.attrib.update(pairs)
    written = re.sub(r"[ \t\r\n]+", " ", etree.tostring(root, encoding="unicode"))
    inline = "|".join([*INLINE, "br", "img"])
    return re.sub(rf" ?(<(?!/?(?:{inline})\b)[^>]*>) ?", r"\1", re.sub(r"<(\w+)([^<>]*)/>", r"<\1\2></\1>", written))


def variants(olx: str) -> Iterator[str]:
    """Yield the OLX with one small thing changed, for each that there is to change."""
    for match in re.finditer(r"<(\w+)|\b[abc]\b|</(\w+)>", olx):
        yield olx[: match.end()] + {True: ' new="x"', False: "x"}[bool(match[1])] + olx[match.end() :]


# Without a deadline, because a machine may be busy.
@settings(deadline=None)
@given(OLX, st.tuples(st.floats(0, 1), st.floats(0, 1)), st.sampled_from([" ", "a", "<b/>", 'a="b"', "</b>", "\n"]))
def test_it_is_the_same_only_if_the_olx_means_the_same(olx: str, cut: tuple[float, float], piece: str) -> None:
    other = changed(olx, cut, piece)
    words = compare_words(olx.encode(), other.encode())
    assert compare_words(olx.encode(), olx.encode()).state == "same"
    for variant in variants(olx):
        assert compare_words(olx.encode(), variant.encode()).state != "same"
    if words.state == "same":
        assert canonical(olx.encode()) == canonical(other.encode())
        assert {part.change for part in words.parts} <= {"same"}
    elif words.state == "changed":
        assert {part.change for part in words.parts} != {"same"}


@settings(deadline=None)
@given(OLX)
def test_no_change_hides_behind_another(olx: str) -> None:
    """A reader of one change and a reader of the same change and one more are not told the same."""
    first = re.sub(r"^<(\w+)", r'<\1 display_name="New"', olx)
    without = compare_words(olx.encode(), first.encode())
    for both in variants(first):
        words = compare_words(olx.encode(), both.encode())
        assert words.state in ("changed", "unreadable")
        assert words != without, both


# --- What authors may send --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<html>",
        b"<html>&nbsp;</html>",
        b"\xff\xfe<\x00a\x00/\x00>\x00",
        b"<html>\xff</html>",
        b'<?xml version="1.0" encoding="utf-7"?><html>+ADw-</html>+',
        b'<!DOCTYPE html SYSTEM "file:///etc/passwd"><html/>',
        b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>&a;</html>',
        b'<!DOCTYPE html [<!ATTLIST html a CDATA "b">]><html/>',
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a b="&b;"/>',
    ],
)
def test_what_is_not_olx_is_unreadable(data: bytes) -> None:
    for old, new in ((data, html("a")), (html("a"), data), (None, data)):
        words = compare_words(old, new)
        assert (words.state, words.parts) == ("unreadable", ())


@pytest.mark.parametrize(
    ("largest", "larger"),
    [
        pytest.param(*("<b>a</b>" * (MAX_ELEMENTS - 1 + more) for more in (0, 1)), id="elements"),
        pytest.param(*("<div>" * (MAX_DEPTH - 1 + n) + "</div>" * (MAX_DEPTH - 1 + n) for n in (0, 1)), id="depth"),
        pytest.param(*("a " * (MAX_WORDS - 1 + more) for more in (0, 2)), id="words"),
        pytest.param(*("<p>a</p>" * (MAX_BLOCKS - 3 + more) for more in (0, 1)), id="blocks"),
    ],
)
def test_words_are_compared_up_to_a_limit(largest: str, larger: str) -> None:
    assert compare_words(html("b"), html(largest)).state == "changed"
    assert compare_words(html("b"), html(larger)).state == "too_large"


def test_a_comparison_that_would_keep_the_server_busy_says_that_everything_was_replaced() -> None:
    """Words that are kept, but no two of them beside each other."""
    sides = ["<p>" + " ".join(f"{n % 60} {side}{n}" for n in range(6_000)) + "</p>" for side in ("a", "b")]
    [part] = compare_words(html(sides[0]), html(sides[1])).parts
    assert len(part.blocks[0].runs) <= 3
