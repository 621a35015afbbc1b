"""The guides are pages in both languages, for everybody, and their marks become HTML."""

import re

import pytest
from django.urls import reverse

from liencap.guides import queries
from liencap.guides.markdown import render
from liencap.testing import make_cast

CASES = [
    ("a **b** `c <d>`", "<p>a <strong>b</strong> <code>c &lt;d&gt;</code></p>"),
    ("one\ntwo", "<p>one two</p>"),
    ("## Head *x*", "<h2>Head <em>x</em></h2>"),
    ("1. one\n   more\n2. two", "<ol><li>one more</li><li>two</li></ol>"),
    ("3. three", '<ol start="3"><li>three</li></ol>'),
    ("1. one:\n   - **a**,\n   - b\n2. two",
     "<ol><li>one:<ul><li><strong>a</strong>,</li>\n<li>b</li></ul></li><li>two</li></ol>"),
    ("- a\n- b\n\nend", "<ul><li>a</li><li>b</li></ul>\n<p>end</p>"),
    ("```python\nx < 1\n# no\n```", "<pre><code>x &lt; 1\n# no</code></pre>"),
    ("see [it](a.md) and [that](../b.md)", '<p>see <a href="/a">it</a> and that</p>'),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_marks_become_html_and_everything_else_is_escaped(source, expected):
    title, body = render("# Title\n\n" + source, {"a.md": "/a"}.get)
    assert title == "Title"
    assert body.replace("</li><li>", "</li>\n<li>") == expected.replace("</li><li>", "</li>\n<li>")


def test_every_guide_of_a_role_is_there_in_both_languages():
    named = {slug for role in queries.ROLES for slug in role.guides}
    assert named <= queries.slugs()
    assert not [slug for slug in named if not (queries.PAGES / f"{slug}.vi.md").exists()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_mark_of_the_source_is_left_on_a_page(language):
    for slug in queries.slugs():
        page = queries.guide(slug, language)
        assert page.title
        words = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", page.body, flags=re.S)
        assert not re.search(r"\*\*|^#|\]\(|^\||```", words, re.M), slug


@pytest.mark.django_db
def test_the_head_reads_the_guides_in_the_language_of_the_page():
    client = make_cast().officer.client()
    found = client.get(reverse("guides:index"), headers={"accept-language": "vi"})
    assert "Thư ký" in found.content.decode()
    for role in queries.ROLES:
        assert f'id="{role.code}"' in found.content.decode()
    page = client.get(reverse("guides:guide", args=["secretary"]), headers={"accept-language": "vi"})
    assert "phiếu kích hoạt" in page.content.decode()
    page = client.get(reverse("guides:guide", args=["secretary"]), {"in": "en"})
    assert "from the slip to the first report" in page.content.decode()


@pytest.mark.django_db
def test_a_stranger_and_who_has_not_signed_in_may_read_them(client):
    stranger = make_cast().stranger.client()
    for name, args in (("guides:index", []), ("guides:guide", ["signing-in"])):
        assert stranger.get(reverse(name, args=args)).status_code == 200
        assert client.get(reverse(name, args=args)).status_code == 200
    assert reverse("guides:guide", args=["signing-in"]) in client.get(reverse("sign-in")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nothing", "add-a-language", "signing-in-vi"])
def test_what_is_no_guide_is_not_found(client, slug):
    assert client.get(reverse("guides:guide", args=[slug])).status_code == 404
