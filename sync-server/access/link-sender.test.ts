import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RECEIPT_LANGUAGES } from "#domain/receipt/language.ts";
import { invitedAnswerSchema, type UserRow, userRowSchema } from "#protocol/hq/access.ts";
import { type Asked, HttpForTests, refusalOf } from "../http-for-tests.ts";
import type { LinkMail, MailPort, MailSent, OutgoingMail, ReportMail } from "../mail/port.ts";
import type { Sending } from "../mail/sending.ts";
import { createSmtp } from "../mail/smtp.ts";
import { MailServer } from "../testing/mail-server.ts";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import { createLinkSender } from "./link-sender.ts";

const MINUTE_MS = 60_000;
const MIRA = { name: "Mira <Albers>", email: "mira@onetill.example", role: "support", stores: null };
const WAY = { ok: false, failure: "the mail server does not answer", isFinal: false } as const;
const NOBODY = { ok: false, failure: "550 nobody is called that here", isFinal: true } as const;

/** Mail that goes nowhere and answers as it is told to. */
class FakeMailPort implements MailPort {
  readonly sent: LinkMail[] = [];
  answer: MailSent | ((mail: LinkMail) => MailSent) = { ok: true };

  async send(mail: OutgoingMail | ReportMail | LinkMail): Promise<MailSent> {
    if (mail.attachment !== null) throw new Error("a link comes with nothing beside it");
    const sent: LinkMail = { ...mail, attachment: null };
    this.sent.push(sent);
    return typeof this.answer === "function" ? this.answer(sent) : this.answer;
  }

  close(): void {}
}

let server: HttpForTests;
let admin: (path: string, asked?: Asked) => Promise<Response>;
let port: FakeMailPort;
let sender: Sending;
beforeEach(async () => {
  server = await HttpForTests.open({ sendsMail: true });
  admin = await server.as("admin");
  port = new FakeMailPort();
  sender = senderBy(port);
});
afterEach(() => server.close());

function senderBy(by: MailPort | null): Sending {
  const { storage, clock } = server.parts;
  const bytes = (count: number) => randomBytes(count);
  return createLinkSender({ storage, port: by, now: clock.now, chance: () => 0, randomBytes: bytes });
}

async function invite(more: object = {}): Promise<UserRow> {
  const answer = await admin("/hq/v1/users", { method: "POST", body: { ...MIRA, mail: true, ...more } });
  expect(answer.status).toBe(201);
  const { user, link } = invitedAnswerSchema.parse(await answer.json());
  expect(link).toBeNull();
  return user;
}

const mailState = async ({ id }: UserRow) =>
  userRowSchema.parse(await (await admin(`/hq/v1/users/${id}`)).json()).linkMail;

/** What the link of a mail opens by. */
function linkIn(text: string): { readonly kind: string; readonly token: string } {
  const [, kind = "", token = ""] = /#(invite|reset)=([A-Za-z0-9_-]+)/.exec(text) ?? [];
  return { kind, token };
}

const fromPage = (path: string, body: object) =>
  server.ask(path, {
    method: "POST",
    body,
    headers: { origin: server.address, "onetill-console": "1" },
  });
const opens = async (text: string) => (await fromPage("/hq/v1/links/look", linkIn(text))).status === 200;

test("an invitation goes out by mail, opens the console that it was asked from, and its link is nowhere but in the mail", async () => {
  const smtp = await MailServer.open({ offersTls: false });
  try {
    const user = await invite();
    expect(user.linkMail).toMatchObject({ state: "waiting", tries: 0 });
    const by = createSmtp({ url: smtp.url("smtp"), from: "hq@onetill.example" });
    await senderBy(by).deliver();
    by.close();
    const [arrived] = smtp.arrived;
    const mail = await PostalMime.parse(arrived!.bytes);
    expect(mail.to).toEqual([expect.objectContaining({ address: MIRA.email })]);
    expect(mail.from).toMatchObject({ name: "Tea & Pots" });
    const { token } = linkIn(mail.text ?? "");
    expect(mail.text).toContain(`${server.address}/console/#invite=${token}`);
    expect(mail.html).toContain(`href="${server.address}/console/#invite=${token}"`);
    expect(mail.html).toContain("Mira &lt;Albers&gt;");
    expect(await mailState(user)).toMatchObject({ state: "sent", tries: 1, lastFailure: null });

    const { storage, file } = server.parts;
    const trail = JSON.stringify(await storage.read((tx) => tx.trail({ before: null, limit: 50 })));
    expect(trail).toContain("/hq/v1/users");
    const asked = ["/hq/v1/users", `/hq/v1/users/${user.id}`, "/hq/v1/mails?limit=100", "/hq/v1/audit-log"];
    const told = await Promise.all(asked.map(async (path) => (await admin(path)).text()));
    const kept = [readFileSync(file, "latin1"), readFileSync(`${file}-wal`, "latin1")];
    expect(kept.join("")).toContain(MIRA.email);
    for (const text of [trail, ...told, ...kept]) expect(text).not.toContain(token);

    const password = "tea in the morning";
    expect((await fromPage("/hq/v1/links/accept", { kind: "invite", token, password })).status).toBe(200);
    expect(await mailState(user)).toBeNull();
  } finally {
    await smtp.close();
  }
});

test("a mail that is not taken is tried again with a link of its own, and says why until it is", async () => {
  const user = await invite();
  port.answer = WAY;
  await sender.deliver();
  expect(await mailState(user)).toMatchObject({ state: "waiting", tries: 1, lastFailure: WAY.failure });
  await sender.deliver();
  expect(port.sent).toHaveLength(1);
  port.answer = { ok: true };
  server.parts.clock.advance(MINUTE_MS);
  await sender.deliver();
  expect(await mailState(user)).toMatchObject({ state: "sent", tries: 2, lastFailure: null });
  const [first, second] = port.sent;
  expect(second!.id).not.toBe(first!.id);
  expect([await opens(first!.text), await opens(second!.text)]).toEqual([false, true]);
});

test("a mail that is refused for good is given up and says why, without what it held; it is sent again when somebody asks", async () => {
  const user = await invite();
  port.answer = ({ text }) => ({ ...NOBODY, failure: `${NOBODY.failure}: ${linkIn(text).token}` });
  await sender.deliver();
  const dead = await mailState(user);
  expect(dead).toMatchObject({ state: "dead", nextTryAt: null, lastFailure: `${NOBODY.failure}: …` });
  port.answer = { ok: true };
  const again = await admin(`/hq/v1/users/${user.id}/link/mail`, { method: "POST" });
  expect(userRowSchema.parse(await again.json()).linkMail).toMatchObject({ state: "waiting", tries: 0 });
  await sender.deliver();
  expect(await mailState(user)).toMatchObject({ state: "sent" });
});

test("whoever joined already is sent a link to choose another password", async () => {
  const path = "/hq/v1/users/user-admin/link/mail";
  expect((await admin(path, { method: "POST" })).status).toBe(200);
  await sender.deliver();
  const [mail] = port.sent;
  expect(linkIn(mail!.text).kind).toBe("reset");
  expect(mail!.text).toContain("24 hours");
  expect(await opens(mail!.text)).toBe(true);
});

test.each<readonly [string, (user: UserRow) => Promise<unknown>]>([
  ["an admin hands a link over", ({ id }) => admin(`/hq/v1/users/${id}/link`, { method: "POST" })],
  ["they are dismissed", ({ id }) => admin(`/hq/v1/users/${id}/dismiss`, { method: "POST" })],
])("a mail that waits is sent no more once %s", async (_what, act) => {
  const user = await invite();
  await act(user);
  await sender.deliver();
  expect(port.sent).toEqual([]);
  expect(await mailState(user)).toBeNull();
});

test("what was asked for anew while a mail was on its way is not overwritten by how that went", async () => {
  const user = await invite();
  const slow = new FakeMailPort();
  slow.send = async () => {
    await admin(`/hq/v1/users/${user.id}/link/mail`, { method: "POST" });
    return NOBODY;
  };
  await senderBy(slow).deliver();
  expect(await mailState(user)).toMatchObject({ state: "waiting", tries: 0, lastFailure: null });
});

test("a server that is told to stop waits for the mail on its way, notes it, and makes no link that it does not send", async () => {
  const users = [await invite(), await invite({ email: "tom@onetill.example" })];
  const going = new FakeMailPort();
  let arrive: () => void = () => undefined;
  const left = new Promise<void>((hasLeft) => {
    going.send = async (mail) => {
      port.sent.push({ ...mail, attachment: null } as LinkMail);
      hasLeft();
      await new Promise<void>((arrived) => {
        arrive = arrived;
      });
      return { ok: true };
    };
  });
  const stopping = senderBy(going);
  const delivered = stopping.deliver();
  await left;
  const stopped = stopping.stop();
  arrive();
  await Promise.all([stopped, delivered]);
  const states = await Promise.all(users.map(mailState));
  expect(states.map((mail) => mail?.state).toSorted()).toEqual(["sent", "waiting"]);
  expect([port.sent.length, await opens(port.sent[0]!.text)]).toEqual([1, true]);
});

test("a server without a mail account says so, and one whose account is gone keeps the mail waiting", async () => {
  const user = await invite();
  await senderBy(null).deliver();
  expect(await mailState(user)).toMatchObject({ state: "waiting", tries: 0 });
  const without = await HttpForTests.open();
  try {
    const body = { ...MIRA, mail: true };
    const refused = await without.hq("/hq/v1/users", { method: "POST", body });
    expect(await refusalOf(refused)).toEqual({ status: 409, reason: "conflict" });
    expect(await (await without.hq("/hq/v1/users")).json()).toEqual({
      users: [],
      next: null,
      sendsMail: false,
    });
  } finally {
    await without.close();
  }
});

test.each(RECEIPT_LANGUAGES)(
  "a mail to somebody of a store is written in the store's language: %s",
  async (language) => {
    await server.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...HAMBURG, locale: language }),
    );
    const stores = [HAMBURG.code];
    await invite({ role: "storeManager", stores });
    await sender.deliver();
    const [mail] = port.sent;
    expect(mail!.html).toContain(`lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"`);
    expect(mail!.text).toContain("72");
    expect(mail!.subject).toContain(BERLIN.retailer);
    expect(await opens(mail!.text)).toBe(true);
  },
);
