"""Import this before Gradio: it keeps Gradio and its libraries off the network.

They read these variables when they are imported. Without them Gradio reports
its start to its makers, asks for its newest version and looks up a model hub.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# When it starts, Gradio asks itself whether it can be reached; an office's
# proxy, where one is set, cannot reach this computer for it.
for name in ("NO_PROXY", "no_proxy"):
    given = os.environ.get(name)
    os.environ[name] = ",".join(filter(None, (given, "127.0.0.1", "localhost")))
