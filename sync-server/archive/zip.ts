import { Zip, ZipDeflate } from "fflate";

/** A file that goes into an archive, in pieces. */
export interface ArchivedFile {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const COMPRESSION = 6;

/** The files as one ZIP archive, in pieces as they come; `at` is the time that every file has in it. Same files, same time, same bytes. */
export async function* zipped(files: AsyncIterable<ArchivedFile>, at: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const trouble: Error[] = [];
  const zip = new Zip((error, data) => {
    if (error === null) ready.push(data);
    else trouble.push(error);
  });
  function* drained(): Generator<Uint8Array> {
    const [error] = trouble;
    if (error !== undefined) throw error;
    yield* ready.splice(0);
  }
  for await (const { name, chunks } of files) {
    const file = new ZipDeflate(name, { level: COMPRESSION });
    file.mtime = at;
    zip.add(file);
    for await (const chunk of chunks) {
      file.push(chunk);
      yield* drained();
    }
    file.push(new Uint8Array(0), true);
    yield* drained();
  }
  zip.end();
  yield* drained();
}
