from quizzes.models.attempts import AnswerStep, Attempt
from quizzes.models.bank import Option, Question, QuestionCategory, QuestionDimension
from quizzes.models.quizzes import Quiz, QuizItem, QuizVersion

__all__ = [
    "AnswerStep",
    "Attempt",
    "Option",
    "Question",
    "QuestionCategory",
    "QuestionDimension",
    "Quiz",
    "QuizItem",
    "QuizVersion",
]
