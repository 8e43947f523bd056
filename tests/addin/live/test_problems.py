"""What a clerk reads at a button names buttons, never commands, where a button helps."""

import pytest

from addin.errors import UsageProblem
from addin.live.problems import sentence
from addin.ribbon import every_button
from validation.messages import LANGUAGES, catalogue


def test_a_sentence_that_names_a_command_has_a_twin_for_buttons() -> None:
    told = sentence(UsageProblem("nothing_merged", folder="C:\\Hồ sơ"))
    assert "bấm Tổng hợp" in told
    assert "C:\\Hồ sơ" in told
    assert sentence(UsageProblem("no_workbook")) == catalogue("vi")["error"]["no_workbook"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_twins_stand_for_sentences_that_there_are(language: str) -> None:
    known = catalogue(language)["error"]  # type: ignore[arg-type]
    assert set(catalogue(language)["button_error"]) <= set(known)  # type: ignore[arg-type]


def test_every_sentence_about_mail_can_be_said_without_a_command() -> None:
    vi = catalogue("vi")
    mail = {code for code in vi["error"] if code.startswith("mail_")}
    with_command = {code for code in mail if "sangkien " in vi["error"][code] or "--" in vi["error"][code]}
    assert with_command - {"mail_preset_unknown"} <= set(vi["button_error"])
    for text in vi["button_error"].values():
        assert "--" not in text


def test_the_buttons_that_sentences_send_to_exist() -> None:
    labels = {button.label for button in every_button()}
    assert {"Cài đặt", "Tổng hợp", "Gửi cấp trên"} <= labels
