import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a program did to files and said, in order. */
export type Act =
  /** Offset null: behind what the file has. */
  | { readonly kind: "write"; readonly file: string; readonly offset: number | null; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: string; readonly length: number }
  /** Of a file, or of a folder's names. */
  | { readonly kind: "sync"; readonly file: string }
  /** Opened in a way that makes it where it is not; `empties`: and cuts off what it has. */
  | { readonly kind: "create"; readonly file: string; readonly empties: boolean }
  | { readonly kind: "rename"; readonly file: string; readonly to: string }
  | { readonly kind: "remove"; readonly file: string }
  | { readonly kind: "said"; readonly text: string };

const MAX_TRACED_BYTES = 262_144;

/**
 * Runs a program under strace and reads what it wrote and synced. Throws, with what to do, where strace is not installed: a proof that did not
 * run must not look like one that passed.
 */
export function traceProgram({
  command,
  args,
  traceFile,
  folder,
}: {
  readonly command: string;
  readonly args: readonly string[];
  readonly traceFile: string;
  readonly folder: string;
}): readonly Act[] {
  const calls = "trace=openat,pwrite64,write,fdatasync,fsync,ftruncate,rename,unlink,unlinkat";
  const run = spawnSync(
    "strace",
    ["-f", "-y", "-xx", "-s", String(MAX_TRACED_BYTES), "-e", calls, "-o", traceFile, command, ...args],
    { encoding: "utf8" },
  );
  if (run.error !== undefined)
    throw new Error(
      "This test reads system calls by strace, which is not installed (Debian: apt-get install strace).",
      { cause: run.error },
    );
  if (run.status !== 0) throw new Error(`the traced program failed:\n${run.stderr}`);
  return joinResumed(readFileSync(traceFile, "utf8").split("\n")).flatMap((line) => readAct(line, folder));
}

/** With the space before it, which is no part of the call. */
const UNFINISHED = " <unfinished ...>";

/** strace splits a call that another thread interrupts into two lines; this makes one of them: where it began, and of a sync, which promises nothing before, where it ended. */
function joinResumed(lines: readonly string[]): readonly string[] {
  const begun = new Map<string, number>();
  const whole: string[] = [];
  for (const line of lines) {
    const thread = line.split(" ", 1)[0] ?? "";
    const resumed = /^\d+\s+<\.\.\. \w+ resumed>(.*)$/.exec(line);
    const at = begun.get(thread);
    if (resumed !== null && at !== undefined) {
      const call = `${whole[at]}${resumed[1]}`;
      const isSync = /^\d+\s+f(?:data)?sync\(/.test(call);
      whole[at] = isSync ? "" : call;
      if (isSync) whole.push(call);
      begun.delete(thread);
    } else if (line.endsWith(UNFINISHED)) {
      begun.set(thread, whole.length);
      whole.push(line.slice(0, -UNFINISHED.length));
    } else whole.push(line);
  }
  return whole;
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

function readAct(line: string, folder: string): readonly Act[] {
  const write = /^\d+\s+pwrite64\(\d+<([^>]*)>, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\)\s+= \d+/.exec(line);
  if (write !== null)
    return inFolder(folder, unhexPath(write[1]), (file) => ({
      kind: "write",
      file,
      offset: Number(write[3]),
      bytes: unhex(write[2] ?? ""),
    }));
  const said = /^\d+\s+write\(1<[^>]*>, "((?:\\x[0-9a-f]{2})*)"/.exec(line);
  if (said !== null) return [{ kind: "said", text: unhex(said[1] ?? "").toString("utf8") }];
  const appended = /^\d+\s+write\(\d+<([^>]*)>, "((?:\\x[0-9a-f]{2})*)", \d+\)\s+= \d+/.exec(line);
  if (appended !== null)
    return inFolder(folder, unhexPath(appended[1]), (file) => ({
      kind: "write",
      file,
      offset: null,
      bytes: unhex(appended[2] ?? ""),
    }));
  const created = /^\d+\s+openat\([^,]*, "((?:\\x[0-9a-f]{2})*)", ([A-Z_|]*O_CREAT[A-Z_|]*).*\)\s+= \d+/.exec(
    line,
  );
  if (created !== null)
    return inFolder(folder, unhex(created[1] ?? "").toString("utf8"), (file) => ({
      kind: "create",
      file,
      empties: created[2]?.includes("O_TRUNC") === true,
    }));
  const renamed = /^\d+\s+rename\("((?:\\x[0-9a-f]{2})*)", "((?:\\x[0-9a-f]{2})*)"\)\s+= 0/.exec(line);
  if (renamed !== null)
    return inFolder(folder, unhex(renamed[1] ?? "").toString("utf8"), (file) => ({
      kind: "rename",
      file,
      to: unhex(renamed[2] ?? "").toString("utf8"),
    }));
  const sync = /^\d+\s+f(?:data)?sync\(\d+<([^>]*)>\)\s+= 0/.exec(line);
  if (sync !== null) return inFolder(folder, unhexPath(sync[1]), (file) => ({ kind: "sync", file }));
  const truncate = /^\d+\s+ftruncate\(\d+<([^>]*)>, (\d+)\)\s+= 0/.exec(line);
  if (truncate !== null)
    return inFolder(folder, unhexPath(truncate[1]), (file) => ({
      kind: "truncate",
      file,
      length: Number(truncate[2]),
    }));
  const remove = /^\d+\s+unlink\("((?:\\x[0-9a-f]{2})*)"\)\s+= 0/.exec(line);
  if (remove !== null)
    return inFolder(folder, unhex(remove[1] ?? "").toString("utf8"), (file) => ({ kind: "remove", file }));
  return [];
}

/** Some strace versions print a descriptor's path in hex as well. */
function unhexPath(path: string | undefined): string {
  return path?.startsWith("\\x") === true ? unhex(path).toString("utf8") : (path ?? "");
}

function inFolder(folder: string, file: string, make: (file: string) => Act): readonly Act[] {
  return file.startsWith(folder) ? [make(file)] : [];
}
