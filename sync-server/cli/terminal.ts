/** Where a command says things: its result on standard output, how far it is on standard error where a person watches. */
export interface Terminal {
  print(text: string): void;
  /** Replaces the line that tells how far it is; null takes it away. */
  progress(text: string | null): void;
}

const CLEAR_LINE = "\r\u{1b}[2K";

export function terminalOf(streams: {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}): Terminal {
  let shown: string | null = null;
  return {
    print: (text) => void streams.stdout.write(`${text}\n`),
    progress(text) {
      if (streams.stderr.isTTY !== true || text === shown) return;
      shown = text;
      streams.stderr.write(`${CLEAR_LINE}${text ?? ""}`);
    },
  };
}
