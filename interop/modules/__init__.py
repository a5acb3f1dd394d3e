"""A module as one file, with its texts, files and quizzes, for another office's site.

Why not a library (looked at in November 2026): wagtail-transfer copies between two sites
that reach each other, by pk and with no file, and is tested up to Wagtail 7.1;
wagtail-import-export is given up in its favour, wagtail-import-export-tool writes whatever
the models' columns are. None of them looks at what it reads, and none knows that a quiz's
keys are no page content. What we share with them is Wagtail's own: raw streams, the
features of rich text, and the forms that check images and documents.
"""
