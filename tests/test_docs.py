"""What is not in the docs does not exist: commands, settings, verbs, files and columns of the data contract."""

import re
from pathlib import Path

import pytest

from bot.cli import verb_names
from bot.rule_words import rule_words_of
from bot.settings import names
from commands.core.registry import all_commands, shown
from metrics.rules import all_rules
from storage.entities import all_entities

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(all_commands().commands))
def test_every_command_is_in_the_readme(command):
    assert f"`{shown(all_commands().commands[command])}" in README


@pytest.mark.parametrize("setting", sorted(names()))
def test_every_setting_is_in_the_readme_and_in_the_example(setting):
    assert f"`{setting}`" in README
    assert f"{setting}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", sorted(verb_names()))
def test_every_verb_is_in_the_readme(verb):
    assert f"`latido {verb}" in README


@pytest.mark.parametrize("entity", sorted(all_entities()))
def test_every_column_of_the_data_contract_is_described_as_it_is(entity):
    row = next(line for line in DATA.splitlines() if line.startswith(f"| `{entity}` |"))
    described = [part.strip() for part in row.split("|")[2].split(",")]
    fields = all_entities()[entity].fields
    assert described == [f"**{field.name}**" if field.required else field.name for field in fields]


def test_the_readme_starts_with_a_picture_and_the_two_commands():
    picture, demo, test = README.index("docs/pictures/"), README.index("make demo"), README.index("make test")
    assert picture < demo < test < README.index("## Connect your workspace")


PAGES = (
    *sorted(path.name for path in ROOT.glob("*.md")),
    "docs/data.md",
    "docs/playbooks.md",
    "docs/rules.md",
    "docs/running.md",
    "docs/unasked.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("decision", sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md")))
def test_a_decision_is_short_and_says_context_choice_and_consequence(decision):
    text = (ROOT / "docs" / "decisions" / decision).read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", decision)
    assert len(text.splitlines()) <= 40
    assert all(part in text for part in ("**Context.**", "**Choice.**", "**Consequence.**"))


@pytest.mark.parametrize("rule", all_rules().values(), ids=list(all_rules()))
def test_every_threshold_is_described_with_what_is_allowed(rule):
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for name, dial in rule.dials.items():
        row = f"| `{rule.id}.{name}` | {dial.default} | {dial.low}, {dial.high} {dial.unit.value} | {dial.title}; "
        assert f"{row}{dial.calmer.value} is calmer |" in page


def test_the_examples_of_thresholds_are_understood():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    examples = re.findall(r"LATIDO_RULES=([^`\n]+)", page)
    assert len(examples) == 3
    assert all(rule_words_of(example) for example in examples)
