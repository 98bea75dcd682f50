export interface Step {
  /** What is being done right now; shown beside the step while it lasts. */
  detail(text: string): void;
  done(result?: string): void;
  failed(): void;
  /** Waits for a part of the step, and marks the step as failed when that part does. */
  during<T>(part: Promise<T>): Promise<T>;
}

const REDRAW_MS = 200;
const CLEAR_LINE = "\r\u001b[K";

/** Shows a step and how long it takes: redrawn in place on a terminal, one line at its end elsewhere. */
export function beginStep(title: string, out: NodeJS.WriteStream = process.stdout): Step {
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  let latest = "";
  const draw = () => {
    const text = `  … ${title} ${seconds()}${latest === "" ? "" : `  ${latest}`}`;
    out.write(`${CLEAR_LINE}${text.slice(0, (out.columns || 80) - 1)}`);
  };
  const timer = out.isTTY ? setInterval(draw, REDRAW_MS) : null;
  if (timer === null) out.write(`  … ${title}\n`);
  const end = (mark: string, text: string) => {
    if (timer !== null) clearInterval(timer);
    out.write(`${out.isTTY ? CLEAR_LINE : ""}  ${mark} ${text}\n`);
  };
  const failed = () => end("✗", title);
  return {
    detail: (text) => {
      latest = text;
    },
    done: (result = title) => end("✓", `${result} (${seconds()})`),
    failed,
    during: async (part) => {
      try {
        return await part;
      } catch (error) {
        failed();
        throw error;
      }
    },
  };
}
