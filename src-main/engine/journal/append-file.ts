import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";

/** A file that is appended to, and of which nothing but the end is taken back. Each call throws what the disk throws. */
export interface AppendFile {
  readonly size: number;
  /** Writes behind what it holds. A disk that is full says so here; what was written is on it for good once it was synced. */
  write(bytes: Buffer, at: number): void;
  /** What was written is on the disk when this resolves: by a thread of Node's own, so that whoever asked may sync something else meanwhile. */
  sync(): Promise<void>;
  /** Fills with zeros from its end on; on the disk when it returns. What is then written over them changes no size, which the disk would have to note as well. */
  fill(from: number, bytes: number): void;
  /** Cuts the file off; on the disk when it returns. */
  cut(to: number): void;
  close(): void;
}

/** Opens a file of the till that is appended to, and makes it where there is none. A disk that fails, fills or is cut off is one that a test hands in. */
export type OpenAppendFile = (file: string) => AppendFile;

const OWNER_ONLY = 0o600;

const syncByThread = promisify(fdatasync);

export const openAppendFile: OpenAppendFile = (file) => {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, OWNER_ONLY);
  const write = (bytes: Buffer, at: number): void => {
    for (let written = 0; written < bytes.length; )
      written += writeSync(handle, bytes, written, bytes.length - written, at + written);
  };
  return {
    get size() {
      return fstatSync(handle).size;
    },
    write,
    sync: () => syncByThread(handle),
    fill(from, bytes) {
      write(Buffer.alloc(bytes), from);
      fdatasyncSync(handle);
    },
    cut(to) {
      ftruncateSync(handle, to);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
};
