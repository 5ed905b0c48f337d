"""Public holidays of a country and region, from the `holidays` library (MIT).

The library takes most of a second of CPU to import, so it is imported when a company first needs it, in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

_NO_HOLIDAYS: Final[Mapping[date, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country with holidays of its own; `name` is its code where the library knows no name."""

    code: str
    name: str


async def public_holidays(
    country: str | None, region: str | None, years: Iterable[int], language: str | None = None
) -> dict[date, str]:
    """The holidays of these years by day, named in the language (es, en, pt) where the library has it, else in its own.

    None for no country and for one that the library does not know; an unknown region has its country's.
    """
    if country is None:
        return {}
    wanted = tuple(years)
    return await asyncio.to_thread(_of_years, country, region, wanted, language)


async def known_countries() -> tuple[str, ...]:
    """Countries whose holidays are known, as ISO 3166 alpha-2."""
    return await asyncio.to_thread(_countries)


async def regions_of(country: str | None) -> tuple[Region, ...]:
    """The country's regions by name; none where its holidays are the same everywhere, or unknown."""
    return await asyncio.to_thread(_regions, country) if country is not None else ()


def _of_years(country: str, region: str | None, years: tuple[int, ...], language: str | None) -> dict[date, str]:
    return {day: name for year in years for day, name in _of_year(country, region, year, language).items()}


@lru_cache(maxsize=512)
def _of_year(country: str, region: str | None, year: int, language: str | None) -> Mapping[date, str]:
    if country not in _countries():
        return _NO_HOLIDAYS
    known = {one.code for one in _regions(country)}
    found = _library().country_holidays(
        country, subdiv=region if region in known else None, years=year, language=_language_of(country, language)
    )
    return MappingProxyType(dict(found))


def _language_of(country: str, language: str | None) -> str | None:
    spoken: list[str] = _library().list_localized_countries().get(country, [])
    return next((one for one in spoken if language and one.split("_")[0] == language), None)


@lru_cache(maxsize=1)
def _countries() -> tuple[str, ...]:
    return tuple(sorted(_library().list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=64)
def _regions(country: str) -> tuple[Region, ...]:
    codes: list[str] = _library().list_supported_countries(include_aliases=False).get(country, [])
    if not codes:
        return ()
    names: dict[str, str] = {}
    for name, code in _library().country_holidays(country).subdivisions_aliases.items():
        names.setdefault(code, name)
    return tuple(sorted((Region(code, names.get(code, code)) for code in codes), key=lambda one: one.name))


@lru_cache(maxsize=1)
def _library() -> Any:
    return import_module("holidays")
