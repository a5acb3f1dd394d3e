from quizzes.models.accommodations import Accommodation
from quizzes.models.analyses import StoredAnalysis
from quizzes.models.attempts import AnswerStep, Attempt
from quizzes.models.bank import Option, Question, QuestionCategory, QuestionDimension
from quizzes.models.marks import Mark, MarkComment
from quizzes.models.pairs import QuizPair
from quizzes.models.parts import AcceptedAnswer, MatchingPair, RubricRow, Statement
from quizzes.models.quizzes import Quiz, QuizVersion
from quizzes.models.readings import QuestionReading
from quizzes.models.regrades import Regrade, RegradeLine
from quizzes.models.sections import QuizBand, QuizDraw, QuizItem, QuizSection
from quizzes.models.versions import QuestionVersion

__all__ = [
    "AcceptedAnswer",
    "Accommodation",
    "AnswerStep",
    "Attempt",
    "Mark",
    "MarkComment",
    "MatchingPair",
    "Option",
    "Question",
    "QuestionCategory",
    "QuestionDimension",
    "QuestionReading",
    "QuestionVersion",
    "Quiz",
    "QuizBand",
    "QuizDraw",
    "QuizItem",
    "QuizPair",
    "QuizSection",
    "QuizVersion",
    "Regrade",
    "RegradeLine",
    "RubricRow",
    "Statement",
    "StoredAnalysis",
]
