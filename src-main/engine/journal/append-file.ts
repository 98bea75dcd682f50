import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** A file that is appended to, and of which nothing but the end is taken back. Each call throws what the disk throws. */
export interface AppendFile {
  readonly size: number;
  /** Writes behind what it holds; on the disk when it returns. */
  write(bytes: Buffer, at: number): void;
  /** Fills with zeros from its end on; on the disk when it returns. What is then written over them changes no size, which the disk would have to note as well. */
  fill(from: number, bytes: number): void;
  /** Cuts the file off; on the disk when it returns. */
  cut(to: number): void;
  close(): void;
}

/** Opens a file of the till that is appended to, and makes it where there is none. A disk that fails, fills or is cut off is one that a test hands in. */
export type OpenAppendFile = (file: string) => AppendFile;

const OWNER_ONLY = 0o600;

export const openAppendFile: OpenAppendFile = (file) => {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, OWNER_ONLY);
  const write = (bytes: Buffer, at: number): void => {
    for (let written = 0; written < bytes.length; )
      written += writeSync(handle, bytes, written, bytes.length - written, at + written);
    fdatasyncSync(handle);
  };
  return {
    get size() {
      return fstatSync(handle).size;
    },
    write,
    fill: (from, bytes) => write(Buffer.alloc(bytes), from),
    cut(to) {
      ftruncateSync(handle, to);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
};
