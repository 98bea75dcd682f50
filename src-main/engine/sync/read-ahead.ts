/**
 * What a source brings, in its order, while up to `pieces` more are read already: whoever takes a while over each does not wait for the next. Throws what the
 * source throws, once all before it was taken; the source is let go when nobody takes any more.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, pieces: number): AsyncGenerator<T> {
  const reads: Promise<IteratorResult<T, unknown>>[] = [];
  const read = (): void => {
    const next = source.next();
    // Whoever takes it hears of a failure; one that nobody takes any more is no defect.
    next.catch(() => undefined);
    reads.push(next);
  };
  try {
    while (reads.length < pieces) read();
    for (;;) {
      const next = await reads.shift();
      if (next === undefined || next.done === true) return;
      read();
      yield next.value;
    }
  } finally {
    // Not waited for: what it is still to bring may hang as long as a call may.
    source.return(undefined).catch(() => undefined);
  }
}
