"""Who may open the doors of the glossary: trainers write, lead trainers publish."""

from tests.architecture.rows import ADMINISTRATORS, CMS, TRAINERS

GLOSSARY = {
    TRAINERS: [
        "admin/choose-term/create/",
        "admin/glossary/",
        "admin/glossary/add/",
        "admin/glossary/edit/<int:pk>/",
        "admin/glossary/history-results/<int:pk>/",
        "admin/glossary/history/<int:pk>/",
        (
            r"admin/glossary/history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)"
            r"\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
        ),
        "admin/glossary/history/<int:pk>/revisions/<int:revision_id>/revert/",
        "admin/glossary/history/<int:pk>/revisions/<int:revision_id>/unschedule/",
        "admin/glossary/history/<int:pk>/revisions/<int:revision_id>/view/",
        "admin/glossary/preview/",
        "admin/glossary/preview/<int:pk>/",
        "admin/glossary/results/",
        "admin/glossary/unpublish/<int:pk>/",
        "admin/glossary/usage/<int:pk>/",
        "admin/glossary/workflow/action/<int:pk>/<slug:action_name>/<int:task_state_id>/",
        "admin/glossary/workflow/collect_action_data/<int:pk>/<slug:action_name>/<int:task_state_id>/",
        "admin/glossary/workflow/preview/<int:pk>/<int:task_id>/",
        "admin/glossary/workflow_history/<int:pk>/",
        "admin/glossary/workflow_history/<int:pk>/detail/<int:workflow_state_id>/",
    ],
    "sign sign sign post no no post": ["admin/glossary/lock/<int:pk>/"],
    "sign sign sign no no no post": ["admin/glossary/unlock/<int:pk>/"],
    ADMINISTRATORS: ["admin/glossary/delete/<int:pk>/"],
    # Wagtail's page that asks whether to cancel; cancelling itself is refused.
    CMS: [
        "admin/glossary/workflow/confirm_cancellation/<int:pk>/",
        "admin/choose-term/",
        "admin/choose-term/chosen-multiple/",
        "admin/choose-term/chosen/<str:pk>/",
        "admin/choose-term/results/",
    ],
}
