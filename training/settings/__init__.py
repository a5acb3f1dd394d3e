# Kept empty on purpose: name one of embedded, dev, test or production in
# DJANGO_SETTINGS_MODULE, so that nobody runs development settings by accident.
