// Loaded first in each program that the demo starts (`node --import`): when the demo is gone, however it went, its end of the
// pipe closes and the program ends too. So nothing is left running behind the terminal's back.
import { isMainThread } from "node:worker_threads";

// Worker threads and forked helpers of the program load this as well; their standard input is none of the demo's.
if (isMainThread && process.env.ONETILL_DEMO_PID === String(process.ppid)) {
  const end = () => process.kill(process.pid, "SIGTERM");
  process.stdin.on("end", end);
  process.stdin.on("error", end);
  process.stdin.resume();
  process.stdin.unref?.();
}
