"""Whether the time that a save takes tells a right answer from a wrong one, over real HTTP.

    SOJOURN_DATA=build/bench-quizzes .venv/bin/python -m benchmarks.leaks [--saves 400]

One person saves right and wrong answers in a shuffled order, and the times are compared by
the Mann-Whitney test: p says how often chance alone makes two such samples as different.
Below 0.01 in several runs, look for what differs. Give it a database of its own.
"""

import argparse
import itertools
import random
import statistics
import time
import uuid

from django.db import connection
from django.urls import reverse
from scipy.stats import mannwhitneyu

from benchmarks.quizzes import OK, Browser, Setting, body_of, prepare, server

RIGHT, WRONG, WARM_UP = 0, 1, 50


def measure(setting: Setting, saves: int) -> dict[int, list[float]]:
    """Return the times of the saves in ms, by the place of the option that was chosen."""
    sitter, page, browser = setting.sitters[0], uuid.uuid4(), Browser()
    order = [RIGHT, WRONG] * saves
    random.shuffle(order)
    times: dict[int, list[float]] = {RIGHT: [], WRONG: []}
    turns = itertools.count()
    for number, place in enumerate([RIGHT, WRONG] * WARM_UP + order):
        item = setting.items[number % len(setting.items)]
        # `body_of` chooses the option by the turn; each turn is higher than the one before.
        turn = next(one for one in turns if one % len(item.options) == place)
        path = reverse("quizzes:answer", args=[sitter.attempt, item.id])
        body = body_of(item, turn, page)
        began = time.perf_counter()
        browser.ask("PUT", path, sitter, body, "application/json", wanted=OK)
        if number >= 2 * WARM_UP:
            times[place].append(1000 * (time.perf_counter() - began))
    return times


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=400)
    options = parser.parse_args()
    setting = prepare()
    print(f"database: {connection.vendor}; {options.saves} saves of each")
    connection.close()
    with server("training.wsgi:application"):
        times = measure(setting, options.saves)
    for name, place in (("right", RIGHT), ("wrong", WRONG)):
        print(f"{name}: median {statistics.median(times[place]):.2f} ms")
    found = mannwhitneyu(times[RIGHT], times[WRONG])
    print(f"Mann-Whitney: p = {found.pvalue:.3f}")


if __name__ == "__main__":
    main()
