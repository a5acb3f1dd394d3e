from django.dispatch import Signal

# Sent by the deeds that change what people can show for themselves, with
# `participant_ids=` and `at=`: readiness keeps its rows by it.
evidence_changed = Signal()
