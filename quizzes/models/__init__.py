from quizzes.models.attempts import AnswerStep, Attempt
from quizzes.models.bank import Option, Question, QuestionCategory, QuestionDimension
from quizzes.models.parts import AcceptedAnswer, MatchingPair, RubricRow, Statement
from quizzes.models.quizzes import Quiz, QuizVersion
from quizzes.models.sections import QuizDraw, QuizItem, QuizSection
from quizzes.models.versions import QuestionVersion

__all__ = [
    "AcceptedAnswer",
    "AnswerStep",
    "Attempt",
    "MatchingPair",
    "Option",
    "Question",
    "QuestionCategory",
    "QuestionDimension",
    "QuestionVersion",
    "Quiz",
    "QuizDraw",
    "QuizItem",
    "QuizSection",
    "QuizVersion",
    "RubricRow",
    "Statement",
]
