"""A child that only passes on what the office says, over a loopback socket, to whoever started the office.

Started by the bridge like any child, so that tests go through the same pipes. Standard library only, run by its path.
Arguments: port, key. The key proves to the other side that it is this office that called.
"""

import os
import socket
import sys
import threading

CHUNK = 1 << 20


def pass_on(source: int, target: socket.socket) -> None:
    """Pass everything from a pipe to the socket."""
    while chunk := os.read(source, CHUNK):
        target.sendall(chunk)
    target.shutdown(socket.SHUT_WR)


def main(port: str, key: str) -> None:
    """Connect, prove who we are, and pass lines both ways until either side closes."""
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as peer:
        peer.settimeout(None)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer.sendall(key.encode() + b"\n")
        threading.Thread(target=pass_on, args=(0, peer), daemon=True).start()
        while chunk := peer.recv(CHUNK):
            view = memoryview(chunk)
            while view:
                view = view[os.write(1, view) :]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
