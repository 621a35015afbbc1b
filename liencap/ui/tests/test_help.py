"""Every page of the first rooms says what to do next, and names a page that exists."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from liencap.card import helps
from liencap.testing import make_cast
from tests.test_house import url_names


def test_every_page_with_help_exists():
    assert not set(helps()) - set(url_names(get_resolver().url_patterns))


@pytest.mark.django_db
def test_the_menu_s_pages_say_what_to_do_next():
    from liencap.card import menu

    client, bare = make_cast().root.client(), []
    for item in menu():
        try:
            page = client.get(reverse(item.url))
        except NoReverseMatch:
            continue
        if page.status_code == 200 and 'class="next-step' not in page.content.decode():
            bare.append(item.url)
    assert not bare
