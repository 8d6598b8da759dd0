"""Starts Microsoft's inference server on a Unix socket; a program of its own.

    python start_server.py SOCKET [OPTION…]

The server itself would listen on all interfaces. The socket is at ``SOCKET:PORT``.
"""

import sys

from azureml_inference_server_http import amlserver

if __name__ == "__main__":
    amlserver.DEFAULT_HOST = "unix:" + sys.argv.pop(1)
    amlserver.run()
