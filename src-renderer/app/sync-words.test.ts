import { describe, expect, it } from "vitest";
import { instant } from "#domain/ids.ts";
import { ONLINE } from "../testing/fake-shop.ts";
import { chipMood, chipWords, explains } from "./sync-words.ts";

const time = () => "14:05";

describe("what the sync chip says", () => {
  it("online with nothing waiting is one word", () => {
    expect(chipWords(ONLINE, time)).toEqual(["Online"]);
    expect(chipMood(ONLINE)).toBe("good");
  });

  it("offline says since when and how much waits, without alarm", () => {
    const offline = { ...ONLINE, link: { state: "offline", since: instant(0) }, unsent: 12 } as const;
    expect(chipWords(offline, time)).toEqual(["Offline since 14:05", "12 not sent"]);
    expect(chipMood(offline)).toBe("away");
  });

  it("the first sync shows how far it is", () => {
    const first = { ...ONLINE, firstSync: { percent: 43, collection: "products" } };
    expect(chipWords(first, time)).toEqual(["Online", "First sync 43 %"]);
  });

  it("never online is never called offline", () => {
    const never = { ...ONLINE, link: { state: "neverOnline" } } as const;
    expect(chipWords(never, time)).toEqual(["Never online"]);
  });

  it("in trouble it does not promise that everything reaches HQ", () => {
    const offline = { state: "offline", since: instant(0) } as const;
    expect(explains(ONLINE)).toBe(true);
    expect(explains({ ...ONLINE, trouble: "deviceRevoked" })).toBe(false);
    expect(explains({ ...ONLINE, trouble: "diskFull", link: offline })).toBe(true);
  });

  it("a till that cannot sell is not said to sell on", () => {
    const offline = { ...ONLINE, link: { state: "offline", since: instant(0) } } as const;
    expect(explains({ ...offline, trouble: "pairAnew" })).toBe(false);
    expect(explains({ ...offline, records: [{ state: "waiting", at: instant(0) }] })).toBe(false);
    expect(explains({ ...offline, records: [{ state: "database", at: instant(0) }] })).toBe(true);
  });

  it("trouble is shown as trouble even while online", () => {
    const refused = { ...ONLINE, trouble: "journalRefused", unsent: 3 } as const;
    expect(chipMood(refused)).toBe("bad");
    expect(chipWords(refused, time)).toEqual(["Needs attention", "3 not sent"]);
    expect(chipMood({ ...ONLINE, offlinePolicy: "manager" })).toBe("bad");
  });
});
