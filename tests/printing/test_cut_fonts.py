"""Cutting the fonts: reproducible, named so that Qt and printers find the weights, done once, never half."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from app import paths
from installer import fonts

SMALL = next(cut for cut in fonts.CUTS if cut.name == "fallback-jp")


@pytest.fixture(scope="module")
def cut_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tuple(fonts.cut_font(SMALL, tmp_path_factory.mktemp("fonts")) for _ in range(2))  # type: ignore[return-value]


def test_the_same_sources_give_the_same_bytes(cut_twice: tuple[Path, Path]) -> None:
    first, second = cut_twice
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() == paths.font("fallback-jp").read_bytes()


def test_nothing_half_done_stays_behind(cut_twice: tuple[Path, Path]) -> None:
    assert sorted(file.name for file in cut_twice[0].parent.iterdir()) == [SMALL.file, f"{SMALL.file}.stamp"]


@pytest.mark.parametrize("cut", fonts.CUTS, ids=lambda cut: cut.name)
def test_a_font_says_what_it_is(cut: fonts.Cut) -> None:
    with TTFont(paths.font(cut.name)) as font:
        names = {key: str(font["name"].getDebugName(key)) for key in (0, 1, 2, 4, 6, 13)}
        style = font["OS/2"].fsSelection
        assert (names[1], names[2]) == (cut.family, cut.style)
        assert names[4].startswith(cut.family)
        assert " " not in names[6]
        assert "Adobe" in names[0]
        assert "Open Font License" in names[13]
        assert font["OS/2"].usWeightClass == cut.weight
        assert bool(style & 1 << 5) is (cut.weight == 700)
        assert bool(style & 1 << 6) is (cut.weight != 700)
        assert font["head"].macStyle == (1 if cut.weight == 700 else 0)
        assert not {"STAT", "fvar", "gvar", "HVAR", "avar"} & set(font.keys())


def test_the_weights_are_small_and_differ() -> None:
    sizes = [paths.font(weight).stat().st_size for weight in ("regular", "medium", "bold")]
    assert all(2_500_000 < size < 3_500_000 for size in sizes)
    assert len({paths.font(weight).read_bytes() for weight in ("regular", "medium", "bold")}) == 3


def test_what_is_made_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_start", lambda *_: pytest.fail("cut again"))
    assert fonts.is_made(paths.MADE)
    assert fonts.make(paths.MADE) == []


def test_a_font_that_is_missing_or_old_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CUTS", (SMALL,))
    told: list[tuple[int, int, str]] = []
    assert not fonts.is_made(tmp_path)
    made = fonts.make(tmp_path, lambda *one: told.append(one))
    assert [file.name for file in made] == [SMALL.file]
    assert told == [(1, 1, SMALL.file)]
    (tmp_path / "fonts" / f"{SMALL.file}.stamp").write_text("older\n", "utf-8")
    assert not fonts.is_made(tmp_path)


def test_a_process_that_fails_is_told_and_leaves_no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CUTS", (fonts.Cut("no-such", "jp", 500, "X", "Regular"),))
    with pytest.raises(RuntimeError, match="no-such"):
        fonts.make(tmp_path)
    assert not list((tmp_path / "fonts").glob("*.ttf"))
