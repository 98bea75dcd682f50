import { expect, test } from "vitest";
import { LiveLine } from "./live.ts";

test("a page hears of its own kinds only, however the words are cut", async () => {
  let say: (text: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      say = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
  });
  const live = new LiveLine(async () => new Response(body));
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  live.listen(["prices"], () => heard.push("prices"));
  live.listen(["sales", "orders"], () => {
    heard.push("sales");
    wake();
  });

  const opened = next();
  say(": here\n\n");
  await opened;
  expect(live.isOn).toBe(true);
  // What changed before the stream was open woke nobody: everybody asks once.
  expect(heard).toEqual(["prices", "sales"]);

  const sold = next();
  say('event: changed\ndata: {"kin');
  say('ds":["sales","stock"]}\n\n');
  await sold;
  expect(heard).toEqual(["prices", "sales", "sales"]);

  const unknown = next();
  say('event: changed\ndata: {"kinds":["fromALaterServer"]}\n\n');
  await unknown;
  expect(heard.slice(3)).toEqual(["prices", "sales"]);
});
