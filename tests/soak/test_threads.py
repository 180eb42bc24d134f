"""Questions from many threads while the index changes under them."""

import threading
from pathlib import Path

from answer.assistant import Assistant
from answer.glossary import read_glossary
from index.hashing import HashingEncoder
from index.store import Store
from tests.soak.world import LONG, World

THREADS = 8
ROUNDS = 20 if LONG else 6


def generation(number: int) -> dict[str, str]:
    """Return the corpus that the index holds as generation *number*."""
    reports = {
        f"{office}.txt": f"The {office} office kept {number * 10 + row}% of its "
        f"records online in 2024."
        for row, office in enumerate(["land", "health", "school"])
    }
    if number % 2:  # one report comes and goes
        reports["harbour.txt"] = f"The harbour office counted {number},200 ships."
    return reports


def test_each_answer_is_of_one_generation(tmp_path: Path) -> None:
    """Every quote stands in the reports of the very generation that answered."""
    world = World(tmp_path)
    world.write(generation(1))
    world.ingest()
    store = Store.open(world.settings.store_path)
    glossary = read_glossary(world.settings.glossary_path)
    assistant = Assistant(
        store, HashingEncoder(), glossary, vectors_path=world.settings.vectors_path
    )
    wrong: list[str] = []
    asked: list[int] = []
    over = threading.Event()

    def ask(row: int) -> None:
        questions = [
            "What share of its records did the land office keep online in 2024?",
            "How many ships did the harbour office count?",
            "What share of records did the health office keep online?",
        ]
        while not over.is_set():
            try:
                answer = assistant.ask(questions[(row + len(asked)) % len(questions)])
                texts = generation(answer.generation)
                wrong.extend(
                    f"generation {answer.generation}: {citation.quote}"
                    for citation in answer.citations
                    if texts.get(citation.report, "")[citation.start : citation.end]
                    != citation.quote
                )
                asked.append(answer.generation)
            except Exception as error:  # noqa: BLE001 - told by the test, not lost
                wrong.append(repr(error))

    threads = [threading.Thread(target=ask, args=(row,)) for row in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        for number in range(2, ROUNDS + 2):
            world.write(generation(number))
            world.ingest()
    finally:
        over.set()
        for thread in threads:
            thread.join()
    store.close()
    assert wrong == []
    assert len(set(asked)) > 1  # it did answer from more than one
    assert world.reports() == generation(ROUNDS + 1)
