import { ok, refused } from "#domain/result.ts";
import type { Decoder } from "./camera-scanning.ts";
import type { DecodeAnswer } from "./decode-messages.ts";

/** Reads pictures in a thread of its own, so that the screen stays smooth. One picture at a time. */
export function threadedDecoder(): Decoder<ImageBitmap> {
  const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), { type: "module" });
  let answered: (answer: DecodeAnswer) => void = () => undefined;
  let isBroken = false;
  worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => answered(data);
  worker.onerror = () => {
    isBroken = true;
    answered({ ok: false });
  };
  return {
    read: async (picture) => {
      if (isBroken) return refused("noDecoder");
      const answer = await new Promise<DecodeAnswer>((resolve) => {
        answered = resolve;
        worker.postMessage(picture, [picture]);
      });
      return answer.ok ? ok(answer.codes) : refused("noDecoder");
    },
    close: () => {
      worker.terminate();
      answered({ ok: true, codes: [] });
    },
  };
}
