from django.dispatch import Signal

# Sent by the doors and deeds that change placements, or what they are asked by, with
# `placements=` (a queryset) and `at=`: readiness keeps its rows by it.
placements_changed = Signal()
