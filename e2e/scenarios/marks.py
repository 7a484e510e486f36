"""Marks of scenarios, see pytest.ini. (pytest would take a mark with one function for the decoration of that function.)"""
import pytest

after = pytest.mark.after.with_args
needs = pytest.mark.needs.with_args
checks_later = pytest.mark.checks_later.with_args
