"""One ingest and the first question after it, to be killed in the middle."""

import sys

from index.encoder import load_encoder
from index.errors import AssistantError
from index.search import Searcher
from index.store import Store
from ingest.__main__ import main
from settings import read_settings

code = main([])
settings = read_settings()
try:
    store = Store.open(settings.store_path)
    Searcher(store, load_encoder(settings), settings.vectors_path).refresh()
    store.close()
except AssistantError as error:
    sys.exit(f"error: {error}")
sys.exit(code)
