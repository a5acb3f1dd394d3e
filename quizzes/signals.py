from django.dispatch import Signal

# Sent by `attempts.submit` with `attempt=`, inside its transaction: what a receiver
# writes is there if and only if the submission is.
attempt_finished = Signal()

# Sent by `regrading.commit` with `attempts=` and `at=`, inside the transaction of each
# batch of attempts that have a new result.
attempts_regraded = Signal()

# Sent by `overdue` with `attempt=` and `at=`, inside the transaction that gives it up.
attempt_given_up = Signal()
