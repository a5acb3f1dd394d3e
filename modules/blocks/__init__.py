"""Teaching blocks, named for what they make people do.

A block asks its author for what a learner needs and checks it in the author's words.
Nothing here is saved about a learner: what is read and written is kept by `progress`.
"""

from modules.blocks.lesson import FOR_TRAINERS, LessonBlock

__all__ = ["FOR_TRAINERS", "LessonBlock"]
