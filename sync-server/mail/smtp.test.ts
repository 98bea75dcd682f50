import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import PostalMime from "postal-mime";
import { afterEach, describe, expect, test } from "vitest";
import { MailServer, PASSWORD } from "../testing/mail-server.ts";
import type { MailPort, OutgoingMail } from "./port.ts";
import { createSmtp } from "./smtp.ts";

const FROM = "receipts@nordlicht.example";
const MAIL: OutgoingMail = {
  id: "0198b7c0-mail",
  fromName: "Nordlicht Größe GmbH",
  to: "anna@example.com",
  subject: "Beleg BER1-03-000001 von Nordlicht",
  text: "Summe: 17,00 €",
  html: '<!doctype html><html lang="de"><body>Summe: 17,00 €</body></html>',
  attachment: {
    name: "Beleg-BER1-03-000001.pdf",
    pdf: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255, 13, 10]),
  },
};
const SIGNED_IN = `till%40nordlicht:${encodeURIComponent(PASSWORD)}@`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function server(how: Parameters<typeof MailServer.open>[0] = {}): Promise<MailServer> {
  const opened = await MailServer.open(how);
  open.push(opened);
  return opened;
}

function smtp(url: string, settings: Parameters<typeof createSmtp>[1] = {}): MailPort {
  const port = createSmtp({ url, from: FROM }, settings);
  open.push(port);
  return port;
}

describe("a mail by SMTP", () => {
  test.each([
    ["smtps", { secure: true }],
    ["smtp", { secure: false }],
  ] as const)("arrives whole by %s, in secret and signed in", async (scheme, how) => {
    const receiving = await server(how);
    const sent = await smtp(receiving.url(scheme, SIGNED_IN), { ca: receiving.ca }).send(MAIL);
    expect(sent).toEqual({ ok: true });
    const [arrived] = receiving.arrived;
    expect(arrived).toMatchObject({
      from: FROM,
      to: ["anna@example.com"],
      isSecret: true,
      user: "till@nordlicht",
    });
    const read = await PostalMime.parse(arrived!.bytes);
    expect(read).toMatchObject({
      from: { name: MAIL.fromName, address: FROM },
      subject: MAIL.subject,
      messageId: "<0198b7c0-mail@nordlicht.example>",
    });
    expect(read.text?.trim()).toBe(MAIL.text);
    expect(read.html?.trim()).toBe(MAIL.html);
    expect(read.attachments[0]).toMatchObject({
      filename: MAIL.attachment.name,
      mimeType: "application/pdf",
    });
    expect(new Uint8Array(read.attachments[0]!.content as ArrayBuffer)).toEqual(MAIL.attachment.pdf);
  });

  test("sent twice it is the same mail to whoever reads it", async () => {
    const receiving = await server();
    const port = smtp(receiving.url("smtp"), { ca: receiving.ca });
    await port.send(MAIL);
    await port.send(MAIL);
    const read = await Promise.all(receiving.arrived.map(({ bytes }) => PostalMime.parse(bytes)));
    expect(read.map(({ messageId }) => messageId)).toEqual([
      "<0198b7c0-mail@nordlicht.example>",
      "<0198b7c0-mail@nordlicht.example>",
    ]);
  });

  test("a name or subject with line breaks adds no header and no reader", async () => {
    const receiving = await server();
    const wicked = "Nordlicht\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>";
    const sent = await smtp(receiving.url("smtp"), { ca: receiving.ca }).send({
      ...MAIL,
      fromName: wicked,
      subject: wicked,
      attachment: { ...MAIL.attachment, name: `${wicked}.pdf` },
    });
    expect(sent).toEqual({ ok: true });
    const [arrived] = receiving.arrived;
    expect(arrived?.to).toEqual(["anna@example.com"]);
    const read = await PostalMime.parse(arrived!.bytes);
    expect(read.bcc ?? []).toEqual([]);
    expect(read.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(read.text?.trim()).toBe(MAIL.text);
  });

  test("an address with a line break in it reaches nobody else", async () => {
    const receiving = await server();
    await smtp(receiving.url("smtp"), { ca: receiving.ca }).send({
      ...MAIL,
      to: "anna@example.com>\r\nRCPT TO:<evil@example.com",
    });
    expect(receiving.arrived.flatMap(({ to }) => to)).not.toContain("evil@example.com");
  });
});

describe("a mail that does not arrive", () => {
  test.each([
    [550, true, "nobody lives here"],
    [450, false, "try again later"],
  ])("an address refused with %i is final: %s", async (status, isFinal, words) => {
    const receiving = await server();
    receiving.refusing.set(MAIL.to, { status, words });
    const sent = await smtp(receiving.url("smtp"), { ca: receiving.ca }).send(MAIL);
    expect(sent).toMatchObject({ ok: false, isFinal, failure: expect.stringContaining(words) });
    expect(receiving.arrived).toEqual([]);
  });

  test("one that the server will not have is final, one that it cannot take now is not", async () => {
    const receiving = await server();
    const port = smtp(receiving.url("smtp"), { ca: receiving.ca });
    receiving.refusesMail = { status: 554, words: "looks like spam" };
    expect(await port.send(MAIL)).toMatchObject({ ok: false, isFinal: true });
    receiving.refusesMail = { status: 452, words: "disk full" };
    expect(await port.send(MAIL)).toMatchObject({ ok: false, isFinal: false });
  });

  test("a wrong password is ours to mend: the mail is kept, and the words do not tell the password", async () => {
    const receiving = await server();
    const port = smtp(receiving.url("smtp", "till:wrong-secret@"), { ca: receiving.ca });
    const sent = await port.send(MAIL);
    expect(sent).toMatchObject({ ok: false, isFinal: false });
    expect(JSON.stringify(sent)).not.toContain("wrong-secret");
  });

  test("nothing is said to a server whose certificate nobody vouches for", async () => {
    const receiving = await server({ secure: true });
    const sent = await smtp(receiving.url("smtps", SIGNED_IN)).send(MAIL);
    expect(sent).toMatchObject({ ok: false, isFinal: false });
    expect(receiving.arrived).toEqual([]);
  });

  test("nothing is said in the open to another machine: without TLS the mail is kept", async () => {
    const receiving = await server({ offersTls: false });
    expect(await smtp(receiving.url("smtp")).send(MAIL)).toEqual({ ok: true });
    // Names this machine as well, but not by a name that says so.
    const far = await smtp(receiving.url("smtp", SIGNED_IN, "127.1")).send(MAIL);
    expect(far).toMatchObject({ ok: false, isFinal: false });
    expect(receiving.arrived).toHaveLength(1);
  });

  test("a server that says nothing is given up after a while, and the mail is kept", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    open.push({ close: () => silent.close() });
    const { port } = silent.address() as AddressInfo;
    const sent = await smtp(`smtp://localhost:${port}`, { connectTimeoutMs: 100 }).send(MAIL);
    expect(sent).toMatchObject({ ok: false, isFinal: false });
  });

  test("a server that takes the mail and never says so is given up, and the mail goes again", async () => {
    const receiving = await server();
    receiving.isMute = true;
    const sent = await smtp(receiving.url("smtp"), { ca: receiving.ca, wholeTimeoutMs: 300 }).send(MAIL);
    expect(sent).toMatchObject({ ok: false, isFinal: false });
    expect(receiving.arrived).toHaveLength(1);
  });

  test("where nobody listens the mail is kept", async () => {
    const receiving = await MailServer.open();
    const url = receiving.url("smtp");
    await receiving.close();
    expect(await smtp(url).send(MAIL)).toMatchObject({ ok: false, isFinal: false });
  });
});
