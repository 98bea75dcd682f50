import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { CALL_TIMEOUT_MS, NotAServer, ServerClient, ServerRefusal, Unreachable } from "./server-client.ts";

/** A web server that answers as each test wants, and what it was asked. */
interface Site {
  readonly address: string;
  readonly asked: {
    readonly url: string;
    readonly headers: IncomingMessage["headers"];
    readonly body: string;
  }[];
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  close(): Promise<void>;
}

const sites: Site[] = [];
let site: Site;
let timers: FakeTimers;
let closing: AbortController;
let client: ServerClient;

beforeEach(async () => {
  site = await openSite();
  timers = new FakeTimers();
  closing = new AbortController();
  client = clientOf(site.address);
});
afterEach(async () => {
  for (const each of sites.splice(0)) await each.close();
});

function clientOf(server: string): ServerClient {
  const network = {
    fetch,
    timers,
    nowMs: () => 1_795_512_600_000,
    closing: closing.signal,
    version: "0.3.0",
  };
  return new ServerClient({ server, token: "secret-token" }, network);
}

async function openSite(): Promise<Site> {
  const http = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    opened.asked.push({ url: request.url ?? "", headers: request.headers, body });
    opened.answer(response, request);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  const opened: Site = {
    address: `http://127.0.0.1:${address.port}`,
    asked: [],
    answer: (response) => response.end(),
    close: async () => {
      http.closeAllConnections();
      http.close();
    },
  };
  sites.push(opened);
  return opened;
}

function json(status: number, body: unknown): Site["answer"] {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
}

const PULL = { collection: "prices", after: "@1", limit: 500 } as const;
const PULLED = {
  documents: [],
  checkpoint: "@1",
  caughtUp: true,
  applied: { epoch: 1, seq: 1 },
  serverTime: 1_795_512_600_000,
};

async function read(text: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const piece of text) all += piece;
  return all;
}

test("a receipt to be mailed goes to the server as the protocol has it", async () => {
  site.answer = json(200, {});
  const mail = {
    id: idOf<"Mail">("mail-1"),
    ticket: idOf<"Ticket">("ticket-1"),
    document: { kind: "receipt" },
    email: "anna@example.com",
    language: null,
    copy: false,
  } as const;
  await client.mailReceipt(mail);
  expect(site.asked.map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
    ["/sync/v1/receipt-mails", mail],
  ]);
});

describe("an answer of the server", () => {
  test("is taken as the protocol describes it, asked for with token, time and protocol", async () => {
    site.answer = json(200, PULLED);
    expect(await client.pull(PULL)).toEqual(PULLED);
    expect(site.asked).toMatchObject([
      {
        url: "/sync/v1/replica/prices?after=%401&limit=500",
        headers: {
          authorization: "Bearer secret-token",
          "onetill-clock": "1795512600000",
          "onetill-protocol": String(PROTOCOL_VERSION),
        },
      },
    ]);
    expect(timers.rests).toEqual([]);
  });

  test.each([
    ["tells of more than the protocol knows", json(200, { ...PULLED, secret: 1 })],
    ["lacks something", json(200, { ...PULLED, applied: undefined })],
    ["is a page", (response: ServerResponse) => response.end("<html>")],
    ["is empty", (response: ServerResponse) => response.end()],
    [
      "is a page that says that it found nothing",
      (response: ServerResponse) => response.writeHead(404).end("<html>"),
    ],
    ["is a refusal in words of its own", json(403, { error: "login required" })],
  ] satisfies [string, Site["answer"]][])("that %s is no Onetill server's", async (_, answer) => {
    site.answer = answer;
    await expect(client.pull(PULL)).rejects.toThrow(NotAServer);
  });

  test("S70 that says no says why", async () => {
    site.answer = json(403, { reason: "deviceRevoked", message: "HQ has revoked this till." });
    const refused = await client.pull(PULL).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ServerRefusal);
    expect(refused).toMatchObject({
      reason: "deviceRevoked",
      status: 403,
      message: "HQ has revoked this till.",
    });
  });

  test.each([
    ["fails in the server's own words", json(500, { reason: "internal", message: "Something failed." })],
    [
      "comes from something in front of a server that is gone",
      (response: ServerResponse) => response.writeHead(502).end("<html>Bad Gateway"),
    ],
    [
      "breaks off in the middle",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"documents":[');
        response.destroy();
      },
    ],
    ["never begins", (response: ServerResponse) => response.destroy()],
  ] satisfies [string, Site["answer"]][])("that %s may be asked for again", async (_, answer) => {
    site.answer = answer;
    await expect(client.pull(PULL)).rejects.toThrow(Unreachable);
  });

  test("does not come from an address where nobody is", async () => {
    await site.close();
    await expect(client.pull(PULL)).rejects.toThrow(Unreachable);
  });

  test("that leads elsewhere is not followed: sales and token go to no other address", async () => {
    const elsewhere = await openSite();
    elsewhere.answer = json(200, PULLED);
    for (const status of [301, 302, 307, 308]) {
      site.answer = (response) => response.writeHead(status, { location: elsewhere.address }).end();
      await expect(client.pull(PULL)).rejects.toThrow(NotAServer);
      await expect(client.push({ entries: [] })).rejects.toThrow(NotAServer);
    }
    expect(elsewhere.asked).toEqual([]);
  });
});

describe("a call that hangs", () => {
  const silent: Site["answer"] = () => undefined;
  const halfAnswered: Site["answer"] = (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("{");
  };

  test.each<[string, Site["answer"]]>([
    ["before its answer begins", silent],
    ["in the middle of its answer", halfAnswered],
  ])("%s is given up in time", async (_, answer) => {
    const arrived = new Promise<void>((resolve) => {
      site.answer = (response, request) => {
        answer(response, request);
        resolve();
      };
    });
    const pulled = expect(client.pull(PULL)).rejects.toThrow(Unreachable);
    await arrived;
    timers.pass(CALL_TIMEOUT_MS);
    await pulled;
    expect(timers.rests).toEqual([]);
  });

  test("ends with the till", async () => {
    const arrived = new Promise<void>((resolve) => {
      site.answer = () => resolve();
    });
    const pulled = expect(client.pull(PULL)).rejects.toThrow(Unreachable);
    await arrived;
    closing.abort();
    await pulled;
    await expect(client.pull(PULL)).rejects.toThrow(Unreachable);
    expect(timers.rests).toEqual([]);
  });
});

describe("text that streams", () => {
  test("S40 a compressed snapshot is read piece by piece", async () => {
    const text = Array.from({ length: 20_000 }, (_, line) => `{"line":${line},"name":"Möwe"}\n`).join("");
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson", "content-encoding": "gzip" });
      response.end(gzipSync(text));
    };
    const pieces: string[] = [];
    for await (const piece of client.snapshot("products")) pieces.push(piece);
    expect(pieces.join("")).toBe(text);
    expect(pieces.length).toBeGreaterThan(1);
  });

  test("S44 one that comes as a file of gzip, in several members, is unpacked and read piece by piece", async () => {
    const texts = ["a", "b"].map((letter) => `{"line":"${letter.repeat(200_000)}","name":"Möwe"}\n`);
    let accept: string | undefined;
    site.answer = (response, request) => {
      accept = request.headers.accept;
      response.writeHead(200, { "content-type": "application/gzip" });
      response.end(Buffer.concat(texts.map((text) => gzipSync(text))));
    };
    const pieces: string[] = [];
    for await (const piece of client.snapshot("products")) pieces.push(piece);
    expect(pieces.join("")).toBe(texts.join(""));
    expect(pieces.length).toBeGreaterThan(1);
    expect(accept).toBe("application/gzip, application/x-ndjson;q=0.9");
  });

  test.each([
    ["cut off in the middle", () => gzipSync("x".repeat(1_000_000)).subarray(0, 500), false],
    ["cut off by the network", () => gzipSync("x".repeat(1_000_000)).subarray(0, 500), true],
    ["no gzip at all", () => Buffer.from("x".repeat(500)), false],
  ])("S42 a file of gzip that is %s is no snapshot", async (_, bytes, isTorn) => {
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "application/gzip" });
      response.write(bytes(), () => (isTorn ? response.destroy() : response.end()));
    };
    await expect(read(client.snapshot("products"))).rejects.toThrow(Unreachable);
  });

  test("whoever reads no further lets the line of a file of gzip go", async () => {
    const gone = new Promise<void>((resolve) => {
      site.answer = (response) => {
        response.on("close", resolve);
        response.writeHead(200, { "content-type": "application/gzip" });
        response.write(gzipSync("x\n".repeat(100_000)));
      };
    });
    for await (const piece of client.snapshot("products")) if (piece !== "") break;
    await gone;
  });

  test("S42 one that is cut off in the middle of its compression is no snapshot", async () => {
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson", "content-encoding": "gzip" });
      response.write(gzipSync("x".repeat(1_000_000)).subarray(0, 500));
      response.destroy();
    };
    await expect(read(client.snapshot("products"))).rejects.toThrow(Unreachable);
  });

  test("a letter of several bytes may be cut by the network and is whole again", async () => {
    const bytes = Buffer.from("data: Möwe\n\n");
    const cut = bytes.indexOf(0xc3) + 1;
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(bytes.subarray(0, cut), () => response.end(bytes.subarray(cut)));
    };
    expect(await read(client.changes(45_000))).toBe("data: Möwe\n\n");
  });

  test("of another kind is no Onetill server's, however long it streams", async () => {
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.write("<html>");
    };
    await expect(read(client.changes(45_000))).rejects.toThrow(NotAServer);
    await expect(read(client.snapshot("products"))).rejects.toThrow(NotAServer);
  });

  test("S52 is given up when it is silent for too long, but not while the till is busy with what came", async () => {
    let goOn: () => void = () => undefined;
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": here\n\n");
      goOn = () => response.write(": still here\n\n");
    };
    const pieces = client.changes(45_000)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toBe(": here\n\n");
    timers.pass(10 * 45_000);
    goOn();
    expect((await pieces.next()).value).toBe(": still here\n\n");
    const next = expect(pieces.next()).rejects.toThrow(Unreachable);
    await timers.until((rests) => rests.includes(45_000));
    timers.pass(45_000);
    await next;
  });
});

describe("S71 a picture", () => {
  test("comes with its kind", async () => {
    site.answer = (response) => {
      response.writeHead(200, { "content-type": "image/png; charset=binary" });
      response.end(Buffer.from([1, 2, 3]));
    };
    expect(await client.picture("ab")).toEqual({ mime: "image/png", bytes: new Uint8Array([1, 2, 3]) });
  });

  test("that the server does not have is none; any other refusal is one", async () => {
    site.answer = json(404, { reason: "notFound", message: "No." });
    expect(await client.picture("ab")).toBeNull();
    site.answer = json(401, { reason: "unauthorised", message: "No." });
    await expect(client.picture("ab")).rejects.toThrow(ServerRefusal);
  });
});
