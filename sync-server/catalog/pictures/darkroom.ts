import { createOneProcess } from "../in-process.ts";
import type { Darkroom } from "./keep-picture.ts";

const TIMEOUT_MS = 60_000;
const MAX_MEMORY_MB = 256;

/** Where pictures are drawn smaller. */
export function createDarkroom(): Darkroom {
  return createOneProcess({
    program: new URL("./darkroom-worker.ts", import.meta.url),
    timeoutMs: TIMEOUT_MS,
    maxMemoryMb: MAX_MEMORY_MB,
  });
}
