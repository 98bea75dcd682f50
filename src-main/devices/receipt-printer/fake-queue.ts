import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What a queue of the system may be like. `gone`: nobody knows it. `refusing`: it is known and takes nothing. */
export type QueueMood = "ready" | "outOfPaper" | "coverOpen" | "gone" | "refusing" | "hanging";

const ALERTS: Readonly<Record<string, string>> = {
  outOfPaper: "media-empty-error",
  coverOpen: "cover-open",
};

/**
 * A print queue without a system behind it: programs by the names of `lp` and `lpstat` on the path, which keep what they are given and speak like those of CUPS.
 */
export class FakeQueue {
  readonly #folder: string;
  readonly #pathBefore: string;

  private constructor(folder: string, pathBefore: string) {
    this.#folder = folder;
    this.#pathBefore = pathBefore;
  }

  static async start(queue: string): Promise<FakeQueue> {
    const folder = await mkdtemp(join(tmpdir(), "onetill-queue-"));
    await mkdir(join(folder, "jobs"));
    const fake = new FakeQueue(folder, process.env.PATH ?? "");
    await fake.#install("lp", LP);
    await fake.#install("lpstat", lpstat(queue));
    process.env.PATH = `${folder}${delimiter}${fake.#pathBefore}`;
    await fake.become("ready");
    return fake;
  }

  async become(mood: QueueMood): Promise<void> {
    await writeFile(join(this.#folder, "mood"), mood);
    await writeFile(join(this.#folder, "alerts"), ALERTS[mood] ?? "none");
  }

  /** What was handed to the queue so far, in order. */
  async jobs(): Promise<readonly Buffer[]> {
    const names = (await readdir(join(this.#folder, "jobs"))).filter((name) => /^\d+$/.test(name));
    const inOrder = names.toSorted((a, b) => Number(a) - Number(b));
    return Promise.all(inOrder.map((name) => readFile(join(this.#folder, "jobs", name))));
  }

  /** With which options the last job was handed over. */
  lastOptions(): Promise<string> {
    return readFile(join(this.#folder, "options"), "utf8");
  }

  async stop(): Promise<void> {
    process.env.PATH = this.#pathBefore;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #install(name: string, script: string): Promise<void> {
    const path = join(this.#folder, name);
    await writeFile(path, script);
    await chmod(path, 0o755);
  }
}

const LP = `#!/bin/sh
here=$(dirname "$0")
mood=$(cat "$here/mood")
[ "$mood" = hanging ] && exec sleep 600
[ "$mood" = refusing ] && { echo "lp: Destination is not accepting jobs." >&2; exit 1; }
echo "$*" > "$here/options"
number=$(($(ls "$here/jobs" | wc -l) + 1))
cat > "$here/incoming"
mv "$here/incoming" "$here/jobs/$number"
`;

function lpstat(queue: string): string {
  return `#!/bin/sh
here=$(dirname "$0")
mood=$(cat "$here/mood")
[ "$mood" = gone ] && { echo "lpstat: Invalid destination name in list." >&2; exit 1; }
echo "printer ${queue} is idle.  enabled since Thu Nov 26 08:00:00 2026"
[ "$1" = -l ] && echo "	Alerts: $(cat "$here/alerts")"
exit 0
`;
}
