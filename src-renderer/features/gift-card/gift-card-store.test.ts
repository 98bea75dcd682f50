import { expect, it } from "vitest";
import { useNotice } from "../../app/till.ts";
import { euros } from "../../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { beginGiftCard, lookAtGiftCard, sellGiftCard } from "./gift-card-store.ts";

it("a new gift card that is put into the basket by two presses is there once", async () => {
  await signedIn();
  beginGiftCard();
  await lookAtGiftCard(null);
  await Promise.all([sellGiftCard(euros(2_500)), sellGiftCard(euros(2_500))]);
  expect(shownBasket().lines).toHaveLength(1);
  expect(useNotice.getState().notice).toMatchObject({ kind: "done" });
});
