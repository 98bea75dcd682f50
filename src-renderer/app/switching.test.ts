import { beforeEach, describe, expect, it } from "vitest";
import { BADGES, item, JOHANNA, MIRA } from "../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../testing/signed-in.ts";
import { stayAwakeWhile } from "./awake.ts";
import { ring } from "./register.ts";
import { switchBy } from "./switching.ts";
import { useNotice, useTill } from "./till.ts";

const badgeOf = (colleague: { readonly id: string }): string => BADGES[colleague.id] ?? "";

function whoIsIn(): string | null {
  const { session } = useTill.getState();
  return session?.state === "open" ? session.staff.id : null;
}

describe("a badge at an open till", () => {
  beforeEach(async () => {
    await signedIn();
  });

  it("brings its owner to the till, with their own basket; the other one waits", async () => {
    await ring(item("MUG"));
    await switchBy(badgeOf(JOHANNA));
    expect(whoIsIn()).toBe(JOHANNA.id);
    expect(shownBasket().lines).toEqual([]);
    await switchBy(badgeOf(MIRA));
    expect(shownBasket().pieces).toBe(1);
  });

  it("of nobody here is refused in words, and whoever is at the till stays", async () => {
    await switchBy("CREW-ZZZZ");
    expect(whoIsIn()).toBe(MIRA.id);
    expect(useNotice.getState().notice?.text).toMatch(/belongs to nobody here/);
  });

  it("changes nothing while money is under way", async () => {
    const end = stayAwakeWhile(() => true);
    await switchBy(badgeOf(JOHANNA));
    end();
    expect(whoIsIn()).toBe(MIRA.id);
    expect(useNotice.getState().notice?.kind).toBe("refusal");
  });
});
