"""Runs a program at a terminal, where it asks something and is answered."""
import os
import pty
import select
import subprocess
import termios
import time

SECONDS = 120


def at_terminal(words, cwd, environment, prompt, answer, echo=True):
    """`answer` makes of what was shown, once `prompt` is in it, the line that is typed. Exit code, and all that was shown.
    `echo`: whether the terminal shows what is typed."""
    main, other = pty.openpty()
    if not echo:
        attributes = termios.tcgetattr(other)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(other, termios.TCSANOW, attributes)
    process = subprocess.Popen(words, cwd=cwd, env=environment, stdin=other, stdout=other, stderr=other)
    os.close(other)
    shown, answered, until = b"", False, time.monotonic() + SECONDS
    while time.monotonic() < until:
        if not select.select([main], [], [], 0.5)[0]:
            continue
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if not answered and prompt.encode() in shown:
            answered = True
            os.write(main, (answer(shown.decode()) + "\n").encode())
    os.close(main)
    return process.wait(60), shown.decode()
