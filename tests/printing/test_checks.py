"""What must be there before the service starts."""

from pathlib import Path

from printing import checks, fonts


def test_this_machine_can_print() -> None:
    assert checks.fonts_are_there(None) == []
    assert checks.libraries_are_there(None) == []


def test_a_missing_font_file_is_an_error_that_names_the_package(tmp_path: Path) -> None:
    for name, _weight, _style in fonts.FACES[:3]:
        (tmp_path / name).write_bytes((fonts.DIRECTORY / name).read_bytes())
    (error,) = checks.missing_fonts(tmp_path)
    assert error.id == "printing.E001"
    assert error.is_serious()
    assert "LiberationSerif-BoldItalic.ttf" in error.msg
    assert "fonts-liberation2" in error.msg


def test_a_missing_library_is_an_error_that_names_its_package_alone() -> None:
    (error,) = checks.missing_libraries({**checks.LIBRARIES, "libdoes-not-exist.so.0": "libdoes-not-exist0"})
    assert error.id == "printing.E002"
    assert error.hint == "apt-get install libdoes-not-exist0"
