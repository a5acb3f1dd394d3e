from interop.roster.models import RosterUpload

__all__ = ["RosterUpload"]
