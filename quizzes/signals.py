from django.dispatch import Signal

# Sent by `attempts.submit` with `attempt=`, inside its transaction: what a receiver
# writes is there if and only if the submission is.
attempt_finished = Signal()
