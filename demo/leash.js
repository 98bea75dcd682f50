// Loaded first in each program that the demo starts (`node --import`): when the demo is gone, however it went, its end of the
// pipe closes and the program ends too. So nothing is left running behind the terminal's back.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
process.stdin.unref?.();
