from quizzes.models.attempts import AnswerStep, Attempt
from quizzes.models.bank import Option, Question, QuestionCategory, QuestionDimension
from quizzes.models.quizzes import Quiz, QuizVersion
from quizzes.models.sections import QuizDraw, QuizItem, QuizSection

__all__ = [
    "AnswerStep",
    "Attempt",
    "Option",
    "Question",
    "QuestionCategory",
    "QuestionDimension",
    "Quiz",
    "QuizDraw",
    "QuizItem",
    "QuizSection",
    "QuizVersion",
]
