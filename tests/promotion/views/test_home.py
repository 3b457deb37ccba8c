"""The first page: what this is, three ways in, today's figures."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries


@pytest.mark.django_db
def test_home_when_empty_then_the_ways_in_and_no_figures(client: Client) -> None:
    html = client.get("/").content.decode()

    assert re.search(r'<form[^>]+action="/san-pham/"[^>]*role="search"', html)
    assert re.search(r'<form[^>]+action="/xac-thuc/"', html)
    assert html.count("home-steps__number") == 6
    assert 'class="figures"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_home_when_read_then_its_language_is_named(client: Client, language: str) -> None:
    client.cookies["django_language"] = language

    assert f'<html lang="{language}">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_home_when_read_then_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get("/")
