import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";

/** A file that only grows, but for what is taken back. Each call throws what the disk throws. */
export interface AppendFile {
  readonly size: number;
  /** Writes at a place, which is the file's end; on the disk when it returns. */
  write(bytes: Buffer, at: number): void;
  /** Cuts the file off; on the disk when it returns. */
  cut(to: number): void;
  close(): void;
}

/** Opens a file of the till that is appended to, and makes it where there is none. A disk that fails, fills or is cut off is one that a test hands in. */
export type OpenAppendFile = (file: string) => AppendFile;

const OWNER_ONLY = 0o600;

export const openAppendFile: OpenAppendFile = (file) => {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, OWNER_ONLY);
  return {
    get size() {
      return fstatSync(handle).size;
    },
    write(bytes, at) {
      for (let written = 0; written < bytes.length; )
        written += writeSync(handle, bytes, written, bytes.length - written, at + written);
      fdatasyncSync(handle);
    },
    cut(to) {
      ftruncateSync(handle, to);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
};
