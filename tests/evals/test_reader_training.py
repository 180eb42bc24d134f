"""The reader learns, and what it learned survives being written and read.

On a small transformer with random weights and a few paragraphs of our own in
the form of XQuAD and TAT-QA: the real code, from the data to the weights file.
"""

import json
import random
from pathlib import Path

import pytest

from answer.reader.read import load_reader
from answer.reader.records import Reading
from answer.reader.weights import ReaderError, read_facts
from evals.reader import __main__ as measuring
from evals.reader.made import parallel, with_made
from evals.reader.material import Asked, Material, Text, joined, pieces
from evals.reader.measure import normal, overlap
from evals.reader.tatqa import read_tatqa
from evals.reader.written import read_written
from evals.reader.xquad import VALIDATION, read_xquad, training_articles
from evals.retrieval import PAIRS
from evals.train_reader import main
from index.encoder import load_encoder
from index.errors import BadInputError
from settings import Settings, read_settings

TOWNS = ("Ava", "Bree", "Cork", "Dole", "Eger", "Faro", "Gent", "Hull")
ASKED = ("How many people live there?", "When was the bridge built?")
NO_LESSONS = ("--reports", str(Path(__file__).parent))
ASKED_VI = ("Có bao nhiêu người sống ở đó?", "Cầu được xây năm nào?")


def paragraph(town: str, language: str, row: int) -> dict[str, object]:
    """A paragraph of three sentences with two questions, in one language."""
    people, built = str(20_000 + row), str(1900 + row)
    if language == "en":
        text = f"{town} lies on a river. It was home to {people} people. "
        text += f"Its bridge was built in {built}."
        asked = ASKED
    else:
        text = f"{town} nằm bên sông. Nơi đây có {people} người. "
        text += f"Cầu được xây năm {built}."
        asked = ASKED_VI
    return {
        "context": text,
        "qas": [
            {
                "id": f"{town}{row}-{number}",
                "question": f"{town}: {question}",
                "answers": [{"text": answer, "answer_start": text.index(answer)}],
            }
            for number, (question, answer) in enumerate(
                zip(asked, (people, built), strict=True)
            )
        ],
    }


def table_page(row: int) -> dict[str, object]:
    """A page of an annual report: a table, a paragraph, two questions."""
    sales = str(1000 + row)
    common = {"rel_paragraphs": ["1"], "answer_type": "span", "derivation": ""}
    return {
        "table": {"table": [["", "2019", "2018"], ["Total sales", sales, "7"]]},
        "paragraphs": [{"order": 1, "text": f"Sales in 2019 were ${sales}. Good."}],
        "questions": [
            {
                **common,
                "uid": f"{row}a",
                "question": "What were total sales in 2019?",
                "answer": [sales],
                "answer_from": "table",
            },
            {
                **common,
                "uid": f"{row}b",
                "question": "What were sales in 2019?",
                "answer": [f"${sales}"],
                "answer_from": "text",
            },
        ],
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """XQuAD and TAT-QA in small."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "xquad").mkdir()
    (folder / "tatqa").mkdir()
    for language in ("en", "vi"):
        articles = [
            {
                "title": f"The_town_{i}",
                "paragraphs": [
                    paragraph(town, language, 10 * i + n)
                    for n, town in enumerate((TOWNS * 2)[i % 8 :][:2])
                ],
            }
            for i in range(8)
        ]
        path = folder / "xquad" / f"xquad.{language}.json"
        path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    pages = [table_page(row) for row in range(12)]
    path = folder / "tatqa" / "tatqa_dataset_dev.json"
    path.write_text(json.dumps(pages), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Settings:
    """A transformer of two layers and 32 dimensions that knows the data's words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("small")
    text = " ".join(path.read_text() for path in sorted(data.rglob("*.json")))
    words = sorted(set("".join(c if c.isalnum() else " " for c in text).split()))
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", ":", "$", "|"]
    vocabulary = {word: i for i, word in enumerate(dict.fromkeys([*special, *words]))}
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=128,
        initializer_range=0.3,
    )
    BertModel(config).save_pretrained(folder / "parts")
    BertTokenizer(
        vocab=vocabulary, do_lower_case=False, model_max_length=128
    ).save_pretrained(folder / "parts")
    model = SentenceTransformer(
        modules=[Transformer(str(folder / "parts")), Pooling(32)], device="cpu"
    )
    model.save(str(folder / "model"))
    return read_settings({"REPORTS_ENCODER": str(folder / "model")})


@pytest.fixture(scope="module")
def trained(
    settings: Settings, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a smoke run."""
    out = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTS_ENCODER", str(settings.encoder))
        arguments = ["--data", str(data), "--out", str(out), "--smoke", *NO_LESSONS]
        assert main([*arguments, "--minutes", "1"]) == 0
    return out


def test_the_loss_falls(trained: Path) -> None:
    """In a run of seconds, and the curves are drawn."""
    log = (trained / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    totals = [line["total"] for line in lines if "total" in line]

    assert len(totals) >= 4
    assert sum(totals[-2:]) < 0.9 * sum(totals[:2])
    assert (trained / "curves.png").stat().st_size > 10_000


def test_saved_weights_give_the_same_scores(trained: Path, settings: Settings) -> None:
    """Loaded twice they agree exactly, and batches do not change a passage's score."""
    encoder = load_encoder(settings)
    one, two = (load_reader(settings, encoder, trained) for _ in range(2))
    assert one is not None
    assert two is not None
    text = "Ava lies on a river. It was home to 20001 people."
    passages = [
        Reading(1, text, ((0, 20), (21, len(text)))),
        Reading(2, "The cat sat.", ((0, 12),), context="Cats"),
    ]

    first = one.read("Ava: How many people live there?", passages)

    assert first == two.read("Ava: How many people live there?", passages)
    alone = one.read("Ava: How many people live there?", passages[:1])[0]
    assert [s.score for s in alone.sentences] == pytest.approx(
        [s.score for s in first[0].sentences], abs=0.15
    )


def test_a_run_goes_on_where_it_was_stopped(
    trained: Path, settings: Settings, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its steps and minutes count on, so a finished run has nothing left to do."""
    monkeypatch.setenv("REPORTS_ENCODER", str(settings.encoder))
    before = read_facts(trained)
    arguments = ["--data", str(data), "--out", str(trained), "--smoke"]
    arguments += ["--resume", *NO_LESSONS]

    assert main([*arguments, "--minutes", "1"]) == 0

    after = read_facts(trained)
    assert after.training["steps"] == before.training["steps"]
    assert after.sha256 == before.sha256


def test_damaged_weights_are_refused(
    trained: Path, settings: Settings, tmp_path: Path
) -> None:
    """One changed byte is enough, and the text says what to do."""
    for name in ("weights.json", "weights.safetensors"):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    broken = bytearray((trained / "weights.safetensors").read_bytes())
    broken[-1] ^= 1
    (tmp_path / "weights.safetensors").write_bytes(broken)

    with pytest.raises(ReaderError, match="REPORTS_READER=off"):
        load_reader(settings, load_encoder(settings), tmp_path)


def test_the_table_is_printed(
    trained: Path,
    settings: Settings,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every measure of the issue, with intervals."""
    monkeypatch.setenv("REPORTS_ENCODER", str(settings.encoder))

    arguments = [str(data / "xquad"), "--weights", str(trained), "--passages", "3"]
    assert measuring.main(arguments) == 0

    out = capsys.readouterr().out
    for words in ("vi → en", "reader and likeness", "F1", "AUROC by sentence"):
        assert words in out


def test_what_cannot_be_read_is_told(
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a traceback."""
    monkeypatch.setenv("REPORTS_ENCODER", str(settings.encoder))
    assert main(["--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "xquad.en.json" in capsys.readouterr().err
    (tmp_path / "pages.json").write_text("[{}, {}]")
    with pytest.raises(BadInputError, match="is not a TAT-QA file"):
        read_tatqa(tmp_path / "pages.json")


# --- The data -----------------------------------------------------------------


def test_odd_articles_are_never_trained_on() -> None:
    """Nor is validation."""
    assert all(article % 2 == 0 for article in training_articles())
    assert not set(training_articles()) & set(VALIDATION)
    assert len(training_articles()) + len(VALIDATION) == 24


def test_every_question_is_asked_across_languages(data: Path) -> None:
    """Its gold sentence holds the answer in the language of the text."""
    material = read_xquad(data / "xquad", [0, 2])

    assert {each.kind for each in material.asked} == {f"{a}-{b}" for a, b in PAIRS}
    for each in material.asked:
        assert each.gold is not None
        assert each.answer is not None
        text = material.texts[each.gold]
        assert text.language == each.kind[-2:]
        answer = text.reading.text[slice(*each.answer)]
        assert answer in material.sentence(each.gold, each.sentence)


def test_a_table_row_is_the_evidence_of_its_figure(data: Path) -> None:
    """Rows are lines of cells; the heading row stands before them."""
    material = read_tatqa(data / "tatqa" / "tatqa_dataset_dev.json")

    asked = next(each for each in material.asked if each.kind == "tatqa-table")
    assert asked.gold is not None
    assert material.sentence(asked.gold, asked.sentence).startswith("Total sales | ")
    assert material.sentence(asked.gold, 0) == "2019 | 2018"


def test_a_twin_differs_in_year_place_or_status_and_is_wrong() -> None:
    """The mistake that matters most is among what a question is trained against."""
    material = Material()
    text = "In 2019 exports of Hanoi increased to 45%. Nothing else did."
    found = pieces(text, "en")[0][2]
    row = material.add(text, found, context="", language="en", group="g", paragraph="p")
    question = "What share did exports of Hanoi reach in 2019?"
    start = text.index("45%")
    material.asked.append(
        Asked(question, "en", "g", "test", row, 0, (start, start + 3))
    )

    made = with_made(material)

    twins = [made.texts[row].reading for row in made.asked[0].wrong]
    assert len(twins) == 3
    assert made.asked[0].gold == row
    assert not any("2019" in twins[0].text[s:e] for s, e in twins[0].sentences)
    assert "Hanoi" not in twins[1].text
    assert "is expected to increase to 45%" in twins[2].text
    for twin in twins:
        assert [twin.text[s:e][-1] for s, e in twin.sentences] == [".", "."]


def test_a_question_for_a_figure_is_told_from_the_figures_beside_it() -> None:
    """What says the same words is no wrong answer, and a year is no figure."""
    material = Material()
    text = "In 2019 it was 45% of 120 towns; later 120 towns and 45%."
    row = material.add(
        text, [(0, len(text))], context="", language="en", group="g", paragraph="p"
    )
    figures = material.texts[row].reading.figures
    assert [text[slice(*span)] for span in figures] == ["45%", "120", "120", "45%"]
    start = text.index("120")

    right = material.figure_at(row, (start, start + 9))

    assert right == 1
    assert material.other_figures([row], 0, right) == ((0, 3),)
    assert material.other_figures([row], None, None) == ((0, 1, 2, 3),)


def test_a_run_goes_on_from_an_earlier_ones_weights(
    trained: Path,
    settings: Settings,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also with other shares of the questions; with no time it changes nothing."""
    monkeypatch.setenv("REPORTS_ENCODER", str(settings.encoder))
    arguments = ["--data", str(data), "--out", str(tmp_path), "--smoke", *NO_LESSONS]
    arguments += ["--start", str(trained), "--share", "en-en=0.5", "--minutes", "1e-9"]

    assert main(arguments) == 0

    facts = read_facts(tmp_path)
    assert facts.training["steps"] <= 1
    assert facts.training["plan"]["share"]["en-en"] == 0.5


def test_a_translation_is_asked_of_its_sentence(data: Path) -> None:
    """Sentence by sentence, where a paragraph has as many in both languages."""
    material = read_xquad(data / "xquad", [0])

    made = parallel(material, keep=1.0)

    assert len(made) == 2 * 2 * 3
    for each in made:
        assert each.gold is not None
        there = material.sentence(each.gold, each.sentence)
        digits = [word for word in each.question.split() if word[:-1].isdigit()]
        assert all(word.strip(".") in there for word in digits)


def test_spans_are_compared_as_in_squad() -> None:
    """Case, articles and marks do not count; F1 is of the words."""
    assert normal("The Bridge, built!") == "bridge built"
    assert overlap("the old bridge", "bridge") == pytest.approx(2 / 3)
    assert overlap("river", "bridge") == 0


def test_chance_is_seeded(data: Path) -> None:
    """The same seed makes the same data."""
    material = read_xquad(data / "xquad", [0, 2])
    state = random.getstate()
    assert with_made(material, 3).asked == with_made(material, 3).asked
    assert random.getstate() == state


def test_written_lessons_point_at_their_sentence(tmp_path: Path) -> None:
    """A quote is found in the passages as ingest cuts them, and the answer in it."""
    reports = tmp_path / "a" / "reports"
    reports.mkdir(parents=True)
    text = "Ports\n\nIn 2024, Faro moved 12 tons. Hull moved 9 tons.\n"
    (reports / "ports.txt").write_text(text, encoding="utf-8")
    lines = [
        {"id": "1", "question": "What did Faro move?", "language": "en",
         "kind": "figure", "answers": ["12 tons"], "reports": ["ports.txt"],
         "quotes": ["In 2024, Faro moved 12 tons."]},
        {"id": "2", "question": "What did Cork move?", "language": "en",
         "kind": "unanswerable", "answers": [], "reports": [],
         "quotes": ["Hull moved 9 tons."]},
        {"id": "3", "question": "Who swam?", "language": "en", "kind": "name",
         "answers": ["Ava"], "reports": ["ports.txt"], "quotes": ["Ava swam."]},
    ]  # fmt: skip
    questions = "\n".join(map(json.dumps, lines))
    (tmp_path / "a" / "questions.jsonl").write_text(questions, encoding="utf-8")
    (material,) = read_written(tmp_path)
    answered, none = material.asked
    assert answered.gold is not None
    assert answered.answer is not None
    reading = material.texts[answered.gold].reading
    assert material.sentence(answered.gold, answered.sentence).startswith("In 2024")
    assert reading.text[slice(*answered.answer)] == "12 tons"
    assert none.gold is None
    assert none.wrong


def test_a_lesson_that_is_none_is_named(tmp_path: Path) -> None:
    """The line is said, not shown as a traceback."""
    (tmp_path / "a" / "reports").mkdir(parents=True)
    (tmp_path / "a" / "questions.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"a/questions\.jsonl:1"):
        read_written(tmp_path)


def test_materials_are_joined_row_for_row() -> None:
    """What a question pointed at, it points at in the whole."""
    one, two = (
        Material(
            [Text(Reading(0, f"{town} grew.", ((0, 10),)), "en", town, town)],
            [Asked("Which?", "en", town, "made", 0, wrong=(0,))],
        )
        for town in ("Ava", "Hull")
    )
    whole = joined([one, two])
    assert [t.reading.id for t in whole.texts] == [0, 1]
    assert [(a.gold, a.wrong) for a in whole.asked] == [(0, (0,)), (1, (1,))]
